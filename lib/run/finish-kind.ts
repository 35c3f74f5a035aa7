import type { FinishReason } from "#lib/run/run-event.ts";

/** What is known when a part is over. */
export type FinishFacts = {
  /** Whether the container said that the answer is over. */
  ended: boolean;
  raw: string | null;
  /** vLLM's second word; undefined where the dialect does not carry it. */
  stopReason: string | number | null | undefined;
  stopSequences: readonly string[];
  /** The text of the tokens as they came, stop string included where the container shows it. */
  text: string;
  /** Steps the container took, and the limit that was asked for; null: its own default. */
  steps: number;
  limit: number | null;
};

/**
 * Puts the containers' many words for "over" into one vocabulary. Back ends use the same word for different
 * things, so what is not certain is said in `note` rather than guessed away:
 * rolling vLLM maps a stop string to `eos_token`; async vLLM says `stop` for both and names the stop string only
 * in its OpenAI dialects; the async LMI schema without streaming leaves a length cut empty.
 */
export function classifyFinish(facts: FinishFacts): FinishReason {
  const { raw } = facts;
  if (!facts.ended) {
    return { raw, kind: "interrupted", note: "The answer broke off without a last line." };
  }
  switch (raw) {
    case "length":
      return { raw, kind: "length" };
    case "eos_token":
    case "stop":
      return classifyStop(facts);
    case "stop_sequence":
      return { raw, kind: "stop-sequence" };
    case "tool_calls":
    case "function_call":
      return { raw, kind: "tool-calls" };
    case "content_filter":
      return { raw, kind: "content-filter" };
    case "abort":
    case "cancelled":
    case "error":
      return { raw, kind: "interrupted" };
    case null:
      return classifySilence(facts);
    default:
      return classifyUnknownWord(facts, raw);
  }
}

function classifyStop({ raw, stopReason, stopSequences, text }: FinishFacts): FinishReason {
  if (typeof stopReason === "string") {
    return { raw, kind: "stop-sequence", note: `Stopped at ${JSON.stringify(stopReason)}.` };
  }
  if (typeof stopReason === "number") return { raw, kind: "end-of-text", note: `Stop token ${stopReason}.` };
  if (stopReason === null || stopSequences.length === 0) return { raw, kind: "end-of-text" };
  // A stop string ends generation the moment it is complete, so an answer that shows one was ended by it.
  const shown = stopSequences.find((sequence) => text.endsWith(sequence));
  if (shown !== undefined) {
    return { raw, kind: "stop-sequence", note: `The answer ends with ${JSON.stringify(shown)}.` };
  }
  return {
    raw,
    kind: "end-of-text",
    note: "It may also have met one of the stop sequences: this container has one word for both.",
  };
}

function classifySilence({ raw, steps, limit }: FinishFacts): FinishReason {
  if (limit !== null && steps >= limit) {
    return {
      raw,
      kind: "length",
      note: "Inferred: the container gave no reason, and the limit was reached.",
    };
  }
  return { raw, kind: "unknown" };
}

/** The async LMI schema without streaming writes vLLM's stop_reason: the stop string itself, or a token's id. */
function classifyUnknownWord({ stopReason, stopSequences }: FinishFacts, raw: string): FinishReason {
  if (stopSequences.includes(raw)) return { raw, kind: "stop-sequence" };
  if (typeof stopReason === "number") return { raw, kind: "end-of-text", note: `Stop token ${stopReason}.` };
  return { raw, kind: "unknown" };
}
