import type { GenerationRequest } from "../../engine/generation.ts";
import type { JsonObject, JsonValue } from "../../json.ts";
import { idsOf, numberOr, stopsOf } from "../parameters.ts";
import { badRequest, type VllmError } from "./vllm-errors.ts";

/** What vLLM's sampling takes from a request, whichever schema it came in. */
export type Sampling = {
  readonly generation: Omit<GenerationRequest, "prompt">;
  readonly stops: readonly string[];
  readonly include: boolean;
  readonly choices: number;
};

export type ReadSampling =
  | { kind: "ready"; sampling: Sampling }
  /** A value of the wrong type: refused while the request is parsed. */
  | { kind: "mistyped"; message: string }
  | { kind: "refused"; error: VllmError };

const NUMBERS =
  "max_tokens max_completion_tokens temperature top_p top_k min_p repetition_penalty presence_penalty frequency_penalty seed n".split(
    " ",
  );
// The sandbox's engine has four places; vLLM has no such bound.
const MOST_CHOICES = 8;

/** Reads the sampling parameters with vLLM's defaults and its own refusals. */
export function readSampling(body: JsonObject, newSeed: number): ReadSampling {
  const mistyped = NUMBERS.find((name) => isPresent(body[name]) && typeof body[name] !== "number");
  if (mistyped !== undefined) {
    return {
      kind: "mistyped",
      message: `1 validation error for request\n${mistyped}\n  Input should be a valid number`,
    };
  }
  // The newer name wins, as in vLLM.
  const maxTokens = body.max_completion_tokens ?? body.max_tokens;
  const generation = {
    maxTokens: typeof maxTokens === "number" ? maxTokens : null,
    refuseOverlong: true,
    temperature: numberOr(body.temperature, 1),
    topK: numberOr(body.top_k, 0),
    topP: numberOr(body.top_p, 1),
    minP: numberOr(body.min_p, 0),
    repetitionPenalty: numberOr(body.repetition_penalty, 1),
    presencePenalty: numberOr(body.presence_penalty, 0),
    frequencyPenalty: numberOr(body.frequency_penalty, 0),
    seed: numberOr(body.seed, newSeed),
    ignoreEos: body.ignore_eos === true,
    stopTokenIds: idsOf(body.stop_token_ids),
    alternatives: 0,
    promptLogProbs: false,
  };
  const choices = numberOr(body.n, 1);
  const refusal = refusalOf(generation, choices);
  if (refusal !== undefined) {
    return { kind: "refused", error: badRequest(refusal) };
  }
  const include = body.include_stop_str_in_output === true;
  return { kind: "ready", sampling: { generation, stops: stopsOf(body.stop), include, choices } };
}

function refusalOf(generation: Sampling["generation"], choices: number): string | undefined {
  const { temperature, topP, topK, minP, repetitionPenalty, presencePenalty, frequencyPenalty, maxTokens } =
    generation;
  if (choices < 1) return `n must be at least 1, got ${choices}.`;
  if (choices > MOST_CHOICES) return `n must be at most ${MOST_CHOICES} in this sandbox, got ${choices}.`;
  if (presencePenalty < -2 || presencePenalty > 2)
    return `presence_penalty must be in [-2, 2], got ${presencePenalty}.`;
  if (frequencyPenalty < -2 || frequencyPenalty > 2) {
    return `frequency_penalty must be in [-2, 2], got ${frequencyPenalty}.`;
  }
  if (repetitionPenalty <= 0)
    return `repetition_penalty must be greater than zero, got ${repetitionPenalty}.`;
  if (temperature < 0) return `temperature must be non-negative, got ${temperature}.`;
  if (topP <= 0 || topP > 1) return `top_p must be in (0, 1], got ${topP}.`;
  if (topK < -1) return `top_k must be 0 (disable), or at least 1, got ${topK}.`;
  if (minP < 0 || minP > 1) return `min_p must be in [0, 1], got ${minP}.`;
  return maxTokens !== null && maxTokens < 1 ? `max_tokens must be at least 1, got ${maxTokens}.` : undefined;
}

function isPresent(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}
