import * as z from "zod/mini";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { containerFields } from "./container-fields.ts";
import { endpointNameSchema } from "./endpoint-name.ts";

/**
 * What the create form sends: one model on one kind of instance. Whether the instance type or image exists is AWS's to say.
 */
export const createEndpointInputSchema = z.strictObject({
  endpointName: endpointNameSchema,
  ...containerFields,
  instanceType: z
    .string({ error: "Choose an instance type." })
    .check(z.regex(/^ml\.[a-z0-9-]+\.[a-z0-9-]+$/, "An instance type looks like ml.g5.xlarge.")),
  instanceCount: z
    .int({ error: "Give a whole number of instances." })
    .check(
      z.gte(1, "At least one instance is needed."),
      z.lte(100, "More than 100 instances at once are beyond this form."),
    ),
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
export function explainIssues(error: z.core.$ZodError): Failure[] {
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
