import * as z from "zod/mini";
import { expirySchema } from "./expiry.ts";

/** CreateModel's limits: 100 variables, names and values of at most 1,024 characters, 32 KB together. */
const MAX_VARIABLES = 100;
const MAX_VARIABLE_LENGTH = 1_024;
const MAX_ENVIRONMENT_BYTES = 32 * 1_024;
/** Timeouts of a production variant (CreateEndpointConfig). */
const TIMEOUT_BOUNDS = { min: 60, max: 3_600 };

const environmentSchema = z
  .record(
    z.string().check(
      z.regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, {
        error: (issue) =>
          `"${issue.input}" cannot name a variable: use letters, digits and underscores, not a digit first.`,
      }),
      z.maxLength(MAX_VARIABLE_LENGTH, "A variable's name has at most 1,024 characters."),
    ),
    z
      .string({ error: "A variable's value is text." })
      .check(z.maxLength(MAX_VARIABLE_LENGTH, "A variable's value has at most 1,024 characters.")),
  )
  .check(
    z.refine(
      (environment) => Object.keys(environment).length <= MAX_VARIABLES,
      "A container takes at most 100 variables.",
    ),
    z.refine(
      (environment) => new TextEncoder().encode(JSON.stringify(environment)).length <= MAX_ENVIRONMENT_BYTES,
      "The variables together have at most 32 KB.",
    ),
  );

const timeout = z
  .int({ error: "Give a whole number of seconds." })
  .check(
    z.gte(TIMEOUT_BOUNDS.min, "AWS takes no timeout below 60 seconds."),
    z.lte(TIMEOUT_BOUNDS.max, "AWS takes no timeout above 3,600 seconds."),
  );

/** Of the fifty AWS allows, without our own three. */
const MAX_TAGS = 47;

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const tagSchema = z.strictObject({
  key: z.string().check(
    z.trim(),
    z.minLength(1, "A tag needs a key."),
    z.maxLength(128, "A tag's key has at most 128 characters."),
    z.regex(tagText, "A tag has letters, digits, spaces and _ . : / = + - @ only."),
    z.refine((key) => !/^aws:/i.test(key), "Keys that begin with aws: are reserved."),
    z.refine((key) => !/^sagescope:/i.test(key), "Keys that begin with sagescope: are written by Sagescope."),
  ),
  value: z
    .string()
    .check(
      z.maxLength(256, "A tag's value has at most 256 characters."),
      z.regex(tagText, "A tag has letters, digits, spaces and _ . : / = + - @ only."),
    ),
});

/**
 * What a form says about one container, whatever it is made for. Limits are those of CreateModel and
 * CreateEndpointConfig, checked here so that a mistake costs no half-made resources; three tags of AWS's fifty
 * are kept for our own.
 */
export const containerFields = {
  image: z
    .string({ error: "Choose a container image." })
    .check(
      z.trim(),
      z.minLength(1, "Choose a container image."),
      z.maxLength(255, "An image URI has at most 255 characters."),
      z.regex(/^\S+$/, "An image URI has no spaces."),
    ),
  environment: z._default(environmentSchema, {}),
  /** Empty means none, as an empty field of a form does. */
  modelDataUrl: z.exactOptional(
    z
      .string()
      .check(
        z.trim(),
        z.maxLength(1_024, "A model data URL has at most 1,024 characters."),
        z.regex(/^((s3|https):\/\/\S+)?$/, "Model data is at an s3:// or https:// address."),
      ),
  ),
  executionRoleArn: z
    .string({ error: "Give the execution role's ARN." })
    .check(
      z.trim(),
      z.minLength(1, "Give the execution role's ARN."),
      z.regex(
        /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/,
        "A role's ARN looks like arn:aws:iam::123456789012:role/name.",
      ),
      z.maxLength(2_048, "An ARN has at most 2,048 characters."),
    ),
  startupTimeoutSeconds: z.exactOptional(timeout),
  downloadTimeoutSeconds: z.exactOptional(timeout),
  tags: z._default(
    z.array(tagSchema).check(z.maxLength(MAX_TAGS, `An endpoint takes at most ${MAX_TAGS} tags of yours.`)),
    [],
  ),
  expiresAt: z.exactOptional(expirySchema),
};
