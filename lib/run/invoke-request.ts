import { z } from "zod";
import { extraParametersSchema } from "#lib/run/extra-parameters.ts";
import { generationParametersSchema } from "#lib/run/generation-parameters.ts";
import { runOriginSchema } from "#lib/run/run-origin.ts";
import { REQUEST_DIALECTS } from "#lib/wire/dialects.ts";

const messageSchema = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().min(1),
});

const resourceName = z
  .string()
  .max(63)
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/);

/** The body of `POST /api/invoke`: exactly one of `prompt` and `messages`. */
export const invokeRequestSchema = z.strictObject({
  endpointName: resourceName,
  inferenceComponentName: resourceName.optional(),
  targetVariant: resourceName.optional(),
  prompt: z.string().optional(),
  messages: z.array(messageSchema).min(1).optional(),
  /** What of the answer is there already: the container is asked to go on behind it. Events tell only what is new. */
  answerSoFar: z.string().min(1).optional(),
  /** Messages are written into `inputs` by a plain template, although the container takes messages. */
  plainText: z.boolean().optional(),
  parameters: generationParametersSchema.default({}),
  /** Sent as they are, beside the parameters: for what a container knows and Sagescope does not. They win. */
  extraParameters: extraParametersSchema.optional(),
  /** How to write the request; absent: what endpoint and parameters suggest. */
  dialect: z.enum(REQUEST_DIALECTS).optional(),
  /** Absent: true. False asks for the whole answer at once, with InvokeEndpoint. */
  stream: z.boolean().optional(),
  autoContinue: z
    .strictObject({
      maxRequests: z.number().int().min(1).max(100),
      maxTokens: z.number().int().min(1).max(200_000),
    })
    .optional(),
  /** The run goes on for a while when its caller leaves, so that a page can reload and come back to it. */
  keepRunning: z.boolean().optional(),
  origin: runOriginSchema.optional(),
});

export type InvokeRequest = z.infer<typeof invokeRequestSchema>;
