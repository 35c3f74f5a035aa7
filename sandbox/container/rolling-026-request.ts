import type { GenerationRequest } from "../engine/generation.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import type { Container } from "./choose-container.ts";
import { numberOr, stopsOf } from "./parameters.ts";
import { readBody } from "./read-body.ts";
import type { Invocation } from "./reply.ts";

type Backend = Extract<Container, { family: "rolling-026" }>["backend"];

export type Request026 =
  | { kind: "unparsable"; message: string }
  /** The engine itself throws, which fails the request without a word. */
  | { kind: "refused" }
  | { kind: "ready"; generation: GenerationRequest; stops: readonly string[]; details: boolean };

// vLLM 0.2.7 is handed everything else that stands in `parameters`, and throws at a name it does not know.
const VLLM_NAMES = new Set(
  "n best_of presence_penalty frequency_penalty repetition_penalty temperature top_p top_k min_p length_penalty early_stopping stop stop_token_ids include_stop_str_in_output ignore_eos max_tokens logprobs prompt_logprobs skip_special_tokens spaces_between_special_tokens max_new_tokens do_sample seed details".split(
    " ",
  ),
);

/** Reads an LMI 0.26 request with the defaults of its back end (lmi-wire 3.2). */
export function read026Request(backend: Backend, invocation: Invocation, newSeed: number): Request026 {
  const body = readBody(invocation);
  if (body.kind === "unparsable") {
    return body;
  }
  const prompt = promptOf(body.value.inputs);
  const parameters = isJsonObject(body.value.parameters) ? body.value.parameters : {};
  if (prompt === undefined) {
    // Without `inputs` the whole body becomes the input, which no tokenizer takes.
    return { kind: "refused" };
  }
  if (backend === "vllm" && Object.keys(parameters).some((name) => !VLLM_NAMES.has(name))) {
    return { kind: "refused" };
  }
  const generation = READERS[backend](parameters, newSeed);
  if (
    generation.temperature < 0 ||
    (generation.maxTokens ?? 1) < 1 ||
    generation.topP <= 0 ||
    generation.topP > 1
  ) {
    return { kind: "refused" };
  }
  // The other name is unknown to the back end (lmi-wire 3.2).
  const stops = stopsOf(parameters[backend === "vllm" ? "stop" : "stop_sequences"]);
  return {
    kind: "ready",
    generation: { ...generation, prompt },
    stops,
    details: parameters.details === true,
  };
}

// `do_sample` and `seed` never reach vLLM 0.2.7: it samples at temperature 1 unless told another one.
function vllmRequest(parameters: JsonObject, newSeed: number): GenerationRequest {
  return {
    ...common(parameters, newSeed),
    maxTokens: numberOr(parameters.max_new_tokens ?? parameters.max_tokens, 16),
    temperature: numberOr(parameters.temperature, 1),
    ignoreEos: parameters.ignore_eos === true,
  };
}

function distRequest(parameters: JsonObject, newSeed: number): GenerationRequest {
  const samples = parameters.do_sample === true;
  return {
    ...common(parameters, numberOr(parameters.seed, newSeed)),
    maxTokens: numberOr(parameters.max_new_tokens, 30),
    temperature: samples ? numberOr(parameters.temperature, 1) : 0,
    ignoreEos: parameters.ignore_eos_token === true,
  };
}

// TensorRT-LLM's own defaults begin with sampling; 128 tokens are those of 0.26 alone.
function tensorRtRequest(parameters: JsonObject, newSeed: number): GenerationRequest {
  const samples = parameters.do_sample === true;
  return {
    ...common(parameters, numberOr(parameters.seed, newSeed)),
    maxTokens: numberOr(parameters.max_new_tokens, 128),
    temperature: samples ? numberOr(parameters.temperature, 0.8) : 0,
    topK: numberOr(parameters.top_k, samples ? 5 : -1),
    topP: numberOr(parameters.top_p, samples ? 0.85 : 1),
  };
}

const READERS: Record<Backend, (parameters: JsonObject, newSeed: number) => GenerationRequest> = {
  vllm: vllmRequest,
  "lmi-dist": distRequest,
  trtllm: tensorRtRequest,
};

function common(parameters: JsonObject, seed: number): GenerationRequest {
  return {
    prompt: "",
    maxTokens: 30,
    refuseOverlong: false,
    temperature: 1,
    topK: numberOr(parameters.top_k, -1),
    topP: numberOr(parameters.top_p, 1),
    minP: numberOr(parameters.min_p, 0),
    repetitionPenalty: numberOr(parameters.repetition_penalty, 1),
    presencePenalty: numberOr(parameters.presence_penalty, 0),
    frequencyPenalty: numberOr(parameters.frequency_penalty, 0),
    seed,
    ignoreEos: false,
    stopTokenIds: [],
    alternatives: 0,
    promptLogProbs: false,
  };
}

function promptOf(inputs: JsonValue | undefined): string | undefined {
  // A list is taken too, and only its first entry is answered.
  const first: JsonValue | undefined = Array.isArray(inputs) ? inputs[0] : inputs;
  return typeof first === "string" ? first : undefined;
}
