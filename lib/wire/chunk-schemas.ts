import { z } from "zod";

/**
 * Loose shapes of what containers send at most once an answer. A field of the wrong type reads as null and takes
 * nothing else down with it. Token lines and choices are read by hand instead (`read-lmi.ts`, `read-choices.ts`):
 * they come once a token, and a schema there costs more than JSON.parse itself.
 */
const looseNumber = z.number().nullable().catch(null);
const looseList = z.array(z.unknown()).catch([]);

/** `details` of the LMI schema. A vLLM async non-streaming answer puts vLLM's stop_reason into finish_reason. */
export const detailsSchema = z.object({
  finish_reason: z.union([z.string(), z.number()]).nullable().catch(null),
  generated_tokens: looseNumber,
  input_length: looseNumber,
  tokens: looseList,
  top_tokens: looseList,
  inputs: z.string().nullable().catch(null),
  seed: looseNumber,
  prefill: looseList,
  best_of_sequences: looseList,
});

/** OpenAI's `usage`. */
export const usageSchema = z.object({
  prompt_tokens: looseNumber,
  completion_tokens: looseNumber,
});

/** The bedrock shape (0.29+, `option.bedrock_compat`), alone on a line or wrapped in `body`. */
export const bedrockSchema = z.object({
  generation: z.string().catch(""),
  prompt_token_count: looseNumber,
  generation_token_count: looseNumber,
  stop_reason: z.string().nullable().catch(null),
});

/** Every error body has its words and its number in some of these. */
export const errorBodySchema = z.object({
  error: z.unknown().optional(),
  message: z.string().nullable().catch(null),
  detail: z.unknown().optional(),
  code: z.union([z.number(), z.string()]).nullable().catch(null),
});
