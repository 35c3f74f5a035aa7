import type { JsonObject } from "../../json.ts";
import type { GenerationRequest } from "../generation.ts";

/** The path below `/v1` and the body that ask an OpenAI-compatible server for a generation. */
export function completionRequest(
  request: GenerationRequest,
  model: string,
): { path: string; body: JsonObject } {
  const common = {
    model,
    stream: true,
    // The prompt's length is needed with the first token; vLLM gives it there only when asked twice.
    stream_options: { include_usage: true, continuous_usage_stats: true },
    timings_per_token: true,
    return_token_ids: true,
    temperature: request.temperature,
    top_p: request.topP,
    // Releases of vLLM disagree on what 0 means, but -1 is "all" to every one and to llama.cpp.
    top_k: request.topK > 0 ? request.topK : -1,
    min_p: request.minP,
    // vLLM's name and llama.cpp's; each leaves the other's alone.
    repetition_penalty: request.repetitionPenalty,
    repeat_penalty: request.repetitionPenalty,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    seed: request.seed,
    ignore_eos: request.ignoreEos,
    ...(request.stopTokenIds.length === 0 ? {} : { stop_token_ids: request.stopTokenIds }),
  };
  // Stop strings stay here: which text has been sent when one is found is the container's own affair.
  if (request.messages !== undefined) {
    const limit = request.maxTokens === null ? {} : { max_tokens: request.maxTokens };
    const top = { logprobs: true, top_logprobs: Math.max(1, request.alternatives) };
    return { path: "/chat/completions", body: { ...common, ...limit, ...top, messages: request.messages } };
  }
  const logprobs = Math.max(1, request.alternatives);
  return {
    path: "/completions",
    body: { ...common, max_tokens: request.maxTokens, logprobs, prompt: request.prompt },
  };
}
