import * as z from "zod/mini";
import { extraParametersSchema } from "#lib/run/extra-parameters.ts";
import { generationParametersSchema } from "#lib/run/generation-parameters.ts";
import { runOriginSchema } from "#lib/run/run-origin.ts";
import { REQUEST_DIALECTS } from "#lib/wire/dialects.ts";

const messageSchema = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().check(z.minLength(1)),
});

const resourceName = z.string().check(z.maxLength(63), z.regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/));

/** The body of `POST /api/invoke`: exactly one of `prompt` and `messages`. */
export const invokeRequestSchema = z.strictObject({
  endpointName: resourceName,
  inferenceComponentName: z.optional(resourceName),
  targetVariant: z.optional(resourceName),
  prompt: z.optional(z.string()),
  messages: z.optional(z.array(messageSchema).check(z.minLength(1))),
  /** What of the answer is there already: the container is asked to go on behind it. Events tell only what is new. */
  answerSoFar: z.optional(z.string().check(z.minLength(1))),
  /** Messages are written into `inputs` by a plain template, although the container takes messages. */
  plainText: z.optional(z.boolean()),
  parameters: z._default(generationParametersSchema, {}),
  /** Sent as they are, beside the parameters: for what a container knows and Sagescope does not. They win. */
  extraParameters: z.optional(extraParametersSchema),
  /** How to write the request; absent: what endpoint and parameters suggest. */
  dialect: z.optional(z.enum(REQUEST_DIALECTS)),
  /** How to read the answer; absent: each line for what it is. `text` takes everything for text, without numbers. */
  readAs: z.optional(z.literal("text")),
  /** Absent: true. False asks for the whole answer at once, with InvokeEndpoint. */
  stream: z.optional(z.boolean()),
  autoContinue: z.optional(
    z.strictObject({
      maxRequests: z.int().check(z.gte(1), z.lte(100)),
      maxTokens: z.int().check(z.gte(1), z.lte(200_000)),
    }),
  ),
  /** The run goes on for a while when its caller leaves, so that a page can reload and come back to it. */
  keepRunning: z.optional(z.boolean()),
  origin: z.optional(runOriginSchema),
});

export type InvokeRequest = z.infer<typeof invokeRequestSchema>;
