import type { GenerationRequest } from "../../engine/generation.ts";
import { isJsonObject } from "../../json.ts";
import { numberOr } from "../parameters.ts";
import { readBody } from "../read-body.ts";
import type { Invocation } from "../reply.ts";

export type DynamicRequest =
  | { kind: "invalid"; message: string }
  | { kind: "ready"; requests: readonly GenerationRequest[] };

// The sandbox's engine has four places; Hugging Face's pipeline has no such bound.
const MOST_PROMPTS = 8;

/** Reads a request of dynamic batching: one prompt or a list, greedy unless `do_sample` (lmi-wire 3.1). */
export function readDynamic(invocation: Invocation, newSeed: number): DynamicRequest {
  const body = readBody(invocation);
  if (body.kind === "unparsable") return { kind: "invalid", message: body.message };
  const { inputs } = body.value;
  const parameters = isJsonObject(body.value.parameters) ? body.value.parameters : {};
  const given = typeof inputs === "string" ? [inputs] : Array.isArray(inputs) ? inputs : [];
  const prompts = given.filter((prompt) => typeof prompt === "string");
  if (prompts.length === 0 || prompts.length !== given.length || prompts.length > MOST_PROMPTS) {
    return { kind: "invalid", message: `inputs must be a string or a list of 1 to ${MOST_PROMPTS} strings` };
  }
  const common = {
    maxTokens: numberOr(parameters.max_new_tokens, 30),
    refuseOverlong: false,
    temperature: parameters.do_sample === true ? numberOr(parameters.temperature, 1) : 0,
    topK: numberOr(parameters.top_k, 50),
    topP: numberOr(parameters.top_p, 1),
    minP: 0,
    repetitionPenalty: numberOr(parameters.repetition_penalty, 1),
    presencePenalty: 0,
    frequencyPenalty: 0,
    ignoreEos: false,
    stopTokenIds: [],
    alternatives: 0,
    promptLogProbs: false,
  };
  return {
    kind: "ready",
    requests: prompts.map((prompt, index) => ({ ...common, prompt, seed: newSeed + index })),
  };
}
