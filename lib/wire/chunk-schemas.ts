import * as z from "zod/mini";

/**
 * Loose shapes of what containers send at most once an answer. A field of the wrong type reads as null and takes
 * nothing else down with it. Token lines and choices are read by hand instead (`read-lmi.ts`, `read-choices.ts`):
 * they come once a token, and a schema there costs more than JSON.parse itself.
 */
const looseNumber = z.catch(z.nullable(z.number()), null);
const looseList = z.catch(z.array(z.unknown()), []);

/** `details` of the LMI schema. A vLLM async non-streaming answer puts vLLM's stop_reason into finish_reason. */
export const detailsSchema = z.object({
  finish_reason: z.catch(z.nullable(z.union([z.string(), z.number()])), null),
  generated_tokens: looseNumber,
  input_length: looseNumber,
  tokens: looseList,
  top_tokens: looseList,
  inputs: z.catch(z.nullable(z.string()), null),
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
  generation: z.catch(z.string(), ""),
  prompt_token_count: looseNumber,
  generation_token_count: looseNumber,
  stop_reason: z.catch(z.nullable(z.string()), null),
});

/** Every error body has its words and its number in some of these. */
export const errorBodySchema = z.object({
  error: z.optional(z.unknown()),
  message: z.catch(z.nullable(z.string()), null),
  detail: z.optional(z.unknown()),
  code: z.catch(z.nullable(z.union([z.number(), z.string()])), null),
});
