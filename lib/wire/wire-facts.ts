import * as z from "zod/mini";

/**
 * What decides how an LMI container is spoken to. Null means unknown (an image of one's own).
 *
 * - `release`: the minor version of DJL in the image tag, 26 for `0.26.0`, 36 for `0.36.0-lmi27`.
 * - `mode`: `rolling` batch, vLLM or TensorRT-LLM `async` (0.33+, the default from 0.35), or `dynamic` batching.
 * - `engine`: who generates.
 * - `compat`: `bedrock` (`option.bedrock_compat`, 0.29+) reads `prompt` alone and answers in Bedrock's shape; `tgi`
 *   changes names and framing of answers. Absent: neither.
 */
export const wireFactsSchema = z.object({
  release: z.nullable(z.number()),
  mode: z.nullable(z.enum(["rolling", "async", "dynamic"])),
  engine: z.nullable(z.enum(["vllm", "lmi-dist", "trtllm", "other"])),
  compat: z.exactOptional(z.enum(["bedrock", "tgi"])),
});

export type WireFacts = z.infer<typeof wireFactsSchema>;

export const UNKNOWN_FACTS: WireFacts = { release: null, mode: null, engine: null };
