import type { GenerationRequest } from "../../engine/generation.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import { idsOf, numberOr, stopsOf } from "../parameters.ts";
import type { Rolling } from "./steps.ts";

export type RollingRequest = {
  readonly generation: GenerationRequest;
  readonly stops: readonly string[];
  readonly sequences: number;
};

export type ReadRequest<Ready> = { kind: "invalid"; message: string } | ({ kind: "ready" } & Ready);

// The sandbox's engine has four places; vLLM has no such bound.
const MOST_SEQUENCES = 8;

/** Reads an LMI-schema request with the defaults of its release and back end (lmi-wire 3.1, 3.2). */
export function readRequest(
  container: Rolling,
  body: JsonObject,
  newSeed: number,
): ReadRequest<RollingRequest> {
  const parameters = body.parameters ?? {};
  if (!isJsonObject(parameters))
    return invalid("Invalid request payload. The 'parameters' field must be an object.");
  if (numberOr(parameters.num_beams, 1) > 1) {
    return invalid(`num_beams: not emulated by this sandbox for LMI 0.${container.minor}`);
  }
  const prompt = promptOf(container, body.inputs);
  if (prompt.kind === "invalid") return prompt;
  const sequences = sequencesOf(container, parameters);
  if (sequences > MOST_SEQUENCES) {
    return invalid(`n must be at most ${MOST_SEQUENCES} in this sandbox, got ${sequences}.`);
  }
  return {
    kind: "ready",
    generation: generationOf(container, prompt.text, parameters, newSeed),
    stops: [...stopsOf(parameters.stop_sequences), ...stopsOf(parameters.stop)],
    sequences,
  };
}

/** The most likely other tokens that are shown; 0.28 and the other back ends do not know the name. */
export function topOf(container: Rolling, parameters: JsonObject): number {
  return container.minor >= 29 && container.backend === "vllm" ? numberOr(parameters.top_n_tokens, 0) : 0;
}

function promptOf(container: Rolling, inputs: JsonValue | undefined): ReadRequest<{ text: string }> {
  // Up to 0.29 a list is taken too, and only its first entry is answered.
  const given: JsonValue | undefined = Array.isArray(inputs) && container.minor <= 29 ? inputs[0] : inputs;
  if (typeof given === "string" && given !== "") return { kind: "ready", text: given };
  return given === undefined || given === ""
    ? invalid("Invalid request payload. The 'inputs' field must be a non-empty string.")
    : invalid(
        `Invalid request payload. The 'inputs' field must be a string. Received type ${pythonType(given)}`,
      );
}

function pythonType(value: JsonValue): string {
  if (value === null) return "<class 'NoneType'>";
  if (Array.isArray(value)) return "<class 'list'>";
  if (typeof value === "object") return "<class 'dict'>";
  if (typeof value === "boolean") return "<class 'bool'>";
  return Number.isInteger(value) ? "<class 'int'>" : "<class 'float'>";
}

function sequencesOf(container: Rolling, parameters: JsonObject): number {
  if (container.minor <= 28 || container.backend !== "vllm") return 1;
  const asked = numberOr(parameters.n, 1);
  // Up to 0.32 `best_of` overwrites `n`.
  return Math.max(1, container.minor <= 32 ? numberOr(parameters.best_of, asked) : asked);
}

function generationOf(
  container: Rolling,
  prompt: string,
  parameters: JsonObject,
  newSeed: number,
): GenerationRequest {
  const { do_sample: sample, temperature } = parameters;
  const trtllm = container.backend === "trtllm";
  // From 0.32 on a given temperature is enough for vLLM to sample.
  const early = container.minor <= 31 || container.backend !== "vllm";
  const samples = sample === true || (!early && sample === undefined && typeof temperature === "number");
  const dull =
    trtllm && samples ? { temperature: 0.8, topK: 5, topP: 0.85 } : { temperature: 1, topK: -1, topP: 1 };
  return {
    prompt,
    maxTokens: numberOr(parameters.max_new_tokens, 30),
    refuseOverlong: false,
    temperature: samples ? numberOr(temperature, dull.temperature) : 0,
    topK: numberOr(parameters.top_k, dull.topK),
    topP: numberOr(parameters.top_p, dull.topP),
    minP: numberOr(parameters.min_p, 0),
    repetitionPenalty: numberOr(parameters.repetition_penalty, 1),
    presencePenalty: numberOr(parameters.presence_penalty, 0),
    frequencyPenalty: numberOr(parameters.frequency_penalty, 0),
    seed: numberOr(parameters.seed, newSeed),
    ignoreEos: parameters.ignore_eos_token === true,
    stopTokenIds: idsOf(parameters.stop_token_ids),
    alternatives: topOf(container, parameters),
    promptLogProbs: showsPrefill(container, parameters),
  };
}

/** Whether the prompt's tokens are shown: `decoder_input_details`, from 0.28 on. */
export function showsPrefill(container: Rolling, parameters: JsonObject): boolean {
  return container.minor >= 28 && container.backend === "vllm" && parameters.decoder_input_details === true;
}

function invalid(message: string): { kind: "invalid"; message: string } {
  return { kind: "invalid", message };
}
