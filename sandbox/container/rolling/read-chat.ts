import { isJsonObject, type JsonObject, stringAt } from "../../json.ts";
import { renderChat } from "../async/render-chat.ts";
import { numberOr, stopsOf } from "../parameters.ts";
import type { ChatShape } from "./chat-deltas.ts";
import { usesVllmChat } from "./choose-formatter.ts";
import type { ReadRequest, RollingRequest } from "./read-request.ts";
import type { Rolling } from "./steps.ts";

/** Reads a chat request of rolling batch; `shows` says whether log probs are in the answer (lmi-wire 3.4, 3.5). */
export function readChat(
  container: Rolling,
  body: JsonObject,
  newSeed: number,
): ReadRequest<RollingRequest & { shows: boolean; shape: ChatShape }> {
  const rendered = renderChat(body.messages);
  if (rendered.kind === "invalid") return rendered;
  const vllm = usesVllmChat(container);
  const shape = shapeOf(container, body, vllm);
  if (shape === undefined) {
    return {
      kind: "invalid",
      message: "This sandbox emulates tools and reasoning only in streams, and of tools only a named one.",
    };
  }
  const maxTokens = body.max_tokens ?? (vllm ? body.max_completion_tokens : undefined);
  return {
    kind: "ready",
    generation: {
      prompt: rendered.prompt,
      // vLLM's own requests end with the context; LMI's have its usual limit.
      maxTokens: typeof maxTokens === "number" ? maxTokens : vllm ? null : 30,
      refuseOverlong: false,
      temperature: numberOr(body.temperature, 1),
      topK: -1,
      topP: numberOr(body.top_p, 1),
      minP: 0,
      repetitionPenalty: 1,
      presencePenalty: numberOr(body.presence_penalty, 0),
      frequencyPenalty: numberOr(body.frequency_penalty, 0),
      seed: numberOr(body.seed, newSeed),
      ignoreEos: container.minor >= 29 && body.ignore_eos === true,
      stopTokenIds: [],
      alternatives: 0,
      promptLogProbs: false,
    },
    stops: stopsOf(body.stop),
    sequences: 1,
    // The flag alone does nothing, and vLLM's path never hands it to the formatter.
    shape,
    shows: !vllm && body.logprobs === true && numberOr(body.top_logprobs, 0) >= 1,
  };
}

// Up to 0.31 LMI's own request model knows no tools and passes them over.
function shapeOf(container: Rolling, body: JsonObject, vllm: boolean): ChatShape | undefined {
  if (!vllm) return { kind: "text" };
  const streams = body.stream === true;
  if (Array.isArray(body.tools) && body.tools.length > 0 && body.tool_choice !== "none") {
    const chosen = isJsonObject(body.tool_choice) ? body.tool_choice.function : undefined;
    const name = isJsonObject(chosen) ? stringAt(chosen, "name") : undefined;
    return streams && name !== undefined ? { kind: "tool", name } : undefined;
  }
  if (!container.reasoning) return { kind: "text" };
  return streams ? { kind: "reasoning" } : undefined;
}
