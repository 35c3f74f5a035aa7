import { z } from "zod";
import { runOriginSchema } from "#lib/run/run-origin.ts";

/** Bounds are those of the LMI schema and vLLM; an absent value leaves the container's own default. */
export const generationParametersSchema = z.strictObject({
  maxNewTokens: z.number().int().min(1).max(32_768).optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  topK: z.number().int().min(0).max(1_000).optional(),
  repetitionPenalty: z.number().min(0.1).max(2).optional(),
  seed: z.number().int().min(0).max(4_294_967_295).optional(),
  stopSequences: z.array(z.string().min(1)).max(16).optional(),
  /** How many alternatives to ask for at each position, where the container can send them. */
  alternatives: z.number().int().min(0).max(20).optional(),
});

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
  parameters: generationParametersSchema.default({}),
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
export type GenerationParameters = z.infer<typeof generationParametersSchema>;
