import { z } from "zod";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { endpointNameSchema } from "./endpoint-name.ts";

/** CreateModel's limits: 100 variables, names and values of at most 1,024 characters, 32 KB together. */
const MAX_VARIABLES = 100;
const MAX_VARIABLE_LENGTH = 1_024;
const MAX_ENVIRONMENT_BYTES = 32 * 1_024;
/** Timeouts of a production variant (CreateEndpointConfig). */
const TIMEOUT_BOUNDS = { min: 60, max: 3_600 };

const environmentSchema = z
  .record(
    z
      .string()
      .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, {
        error: (issue) =>
          `"${issue.input}" cannot name a variable: use letters, digits and underscores, not a digit first.`,
      })
      .max(MAX_VARIABLE_LENGTH, "A variable's name has at most 1,024 characters."),
    z
      .string({ error: "A variable's value is text." })
      .max(MAX_VARIABLE_LENGTH, "A variable's value has at most 1,024 characters."),
  )
  .refine(
    (environment) => Object.keys(environment).length <= MAX_VARIABLES,
    "A container takes at most 100 variables.",
  )
  .refine(
    (environment) => new TextEncoder().encode(JSON.stringify(environment)).length <= MAX_ENVIRONMENT_BYTES,
    "The variables together have at most 32 KB.",
  );

const timeout = z
  .int({ error: "Give a whole number of seconds." })
  .min(TIMEOUT_BOUNDS.min, "AWS takes no timeout below 60 seconds.")
  .max(TIMEOUT_BOUNDS.max, "AWS takes no timeout above 3,600 seconds.");

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const tagSchema = z.strictObject({
  key: z
    .string()
    .trim()
    .min(1, "A tag needs a key.")
    .max(128, "A tag's key has at most 128 characters.")
    .regex(tagText, "A tag has letters, digits, spaces and _ . : / = + - @ only.")
    .refine((key) => !/^aws:/i.test(key), "Keys that begin with aws: are reserved.")
    .refine((key) => !/^sagescope:/i.test(key), "Keys that begin with sagescope: are written by Sagescope."),
  value: z
    .string()
    .max(256, "A tag's value has at most 256 characters.")
    .regex(tagText, "A tag has letters, digits, spaces and _ . : / = + - @ only."),
});

/**
 * What the create form sends: one model on one kind of instance. Limits are those of CreateModel and
 * CreateEndpointConfig, checked here so that a mistake costs no half-made resources; two tags of AWS's fifty
 * are kept for our own. Whether the instance type or image exists is AWS's to say.
 */
export const createEndpointInputSchema = z.strictObject({
  endpointName: endpointNameSchema,
  image: z
    .string({ error: "Choose a container image." })
    .trim()
    .min(1, "Choose a container image.")
    .max(255, "An image URI has at most 255 characters.")
    .regex(/^\S+$/, "An image URI has no spaces."),
  environment: environmentSchema.default({}),
  /** Empty means none, as an empty field of a form does. */
  modelDataUrl: z
    .string()
    .trim()
    .max(1_024, "A model data URL has at most 1,024 characters.")
    .regex(/^((s3|https):\/\/\S+)?$/, "Model data is at an s3:// or https:// address.")
    .exactOptional(),
  instanceType: z
    .string({ error: "Choose an instance type." })
    .regex(/^ml\.[a-z0-9-]+\.[a-z0-9-]+$/, "An instance type looks like ml.g5.xlarge."),
  instanceCount: z
    .int({ error: "Give a whole number of instances." })
    .min(1, "At least one instance is needed.")
    .max(100, "More than 100 instances at once are beyond this form."),
  executionRoleArn: z
    .string({ error: "Give the execution role's ARN." })
    .trim()
    .min(1, "Give the execution role's ARN.")
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/,
      "A role's ARN looks like arn:aws:iam::123456789012:role/name.",
    )
    .max(2_048, "An ARN has at most 2,048 characters."),
  startupTimeoutSeconds: timeout.exactOptional(),
  downloadTimeoutSeconds: timeout.exactOptional(),
  tags: z.array(tagSchema).max(48, "An endpoint takes at most 48 tags of yours.").default([]),
});

export type CreateEndpointInput = z.output<typeof createEndpointInputSchema>;

/** The parsed input, or a failure for the first field at fault; `explainIssues` has them all. */
export function parseCreateEndpointInput(input: unknown): Result<CreateEndpointInput> {
  const parsed = createEndpointInputSchema.safeParse(input);
  if (parsed.success) return succeed(parsed.data);
  const [first] = explainIssues(parsed.error);
  return fail(first ?? { code: "invalid", message: "The form cannot be read." });
}

/** One failure for each field at fault, in the order of the form, with its dotted path. */
export function explainIssues(error: z.ZodError): Failure[] {
  const failures = error.issues.map(
    (issue): Failure => ({
      code: "invalid",
      message: sentenceOf(issue),
      ...(issue.path.length > 0 ? { field: issue.path.join(".") } : {}),
    }),
  );
  return failures.filter(
    (failure, index) => failures.findIndex((other) => other.field === failure.field) === index,
  );
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `"${issue.keys.join(", ")}" is not part of the form.`;
  // A record wraps what its keys break.
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? "This name cannot be used.";
  return issue.code === "invalid_type" && issue.path.length === 0
    ? "The form cannot be read."
    : issue.message;
}
