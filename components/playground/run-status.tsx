import type { RunState } from "#lib/run/reduce-run.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import { formatProbability } from "./format-score.ts";

/** How often a screen reader hears of progress, in tokens: the growing text itself is never read out. */
const STEP = 100;

/** The one live region of the page: started, every hundred tokens, and how it ended. */
export function RunStatus({ run, confidence }: { run: RunState; confidence: number | null }) {
  return (
    <p role="status" className="sr-only">
      {words(run, confidence)}
    </p>
  );
}

function words(run: RunState, confidence: number | null): string {
  const score = confidence === null ? "" : ` Confidence ${formatProbability(confidence)}.`;
  switch (run.status) {
    case "idle":
      return "";
    case "connecting":
      return "Waiting for the first token.";
    case "streaming": {
      const passed = Math.floor(run.tokenCount / STEP) * STEP;
      return passed === 0 ? "Generating." : `Generating: ${passed} tokens.`;
    }
    case "finished":
      return `Finished: ${run.finishReason ? describeFinish(run.finishReason).title : "no reason"}. ${run.tokenCount} tokens.${score}`;
    case "stopped":
      return `Stopped by you after ${run.tokenCount} tokens.${score}`;
    case "failed":
      return `Failed after ${run.tokenCount} tokens: ${run.failure?.message ?? ""}`;
  }
}
