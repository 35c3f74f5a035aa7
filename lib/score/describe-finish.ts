import type { FinishReason } from "#lib/run/run-event.ts";

/** What fits to do next. */
type NextStep = "none" | "continue" | "raise-limit" | "retry";

/** For people: a badge, a sentence or two, and a next step. */
export type FinishWords = { title: string; explanation: string; nextStep: NextStep };

/** Says why an answer is over and what that means, no more surely than the wire does. */
export function describeFinish({ kind, raw, note }: FinishReason): FinishWords {
  switch (kind) {
    case "length":
      return {
        title: "Cut at the token limit",
        explanation:
          note?.startsWith("Inferred") === true
            ? "The container gave no reason, but as many tokens came as were allowed, so the answer was most likely cut."
            : "The limit for new tokens was reached in the middle of the answer. Continue, or raise the limit.",
        nextStep: "continue",
      };
    case "end-of-text":
      return {
        title: "Ended by itself",
        explanation: "The model wrote its end-of-text token: it considers the answer complete.",
        nextStep: "none",
      };
    case "stop-sequence":
      return {
        title: "Stop sequence",
        explanation: "The answer met one of the stop sequences that were asked for.",
        nextStep: "none",
      };
    case "tool-calls":
      return {
        title: "Tool call",
        explanation:
          "The model asks for a tool to be called and waits for its result. Sagescope calls no tools.",
        nextStep: "none",
      };
    case "content-filter":
      return {
        title: "Filtered",
        explanation: "A content filter in the container stopped the answer.",
        nextStep: "none",
      };
    case "interrupted":
      return {
        title: "Interrupted",
        explanation:
          raw === null
            ? "The stream ended without a last line, so the answer is not known to be complete."
            : "Generation was called off before the answer was complete.",
        nextStep: "retry",
      };
    case "unknown":
      return {
        title: "Reason unknown",
        explanation:
          raw === null
            ? "The container ended the answer without saying why. It may be complete, or cut at the token limit."
            : "The container gave a reason that Sagescope does not know.",
        nextStep: raw === null ? "raise-limit" : "none",
      };
  }
}
