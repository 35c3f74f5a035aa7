import { useMemo } from "react";
import { useLater } from "#components/ui/use-later.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";
import { findSpans } from "#lib/score/find-spans.ts";
import { placeTokens } from "#lib/score/place-tokens.ts";
import type { RunScore } from "#lib/score/score-run.ts";
import { scoreSpans } from "#lib/score/score-spans.ts";
import { formatProbability } from "./format-score.ts";
import { tokensUntil } from "./tokens-until.ts";

/** How often a screen reader hears of progress, in ms: the growing text itself is never read out. */
const EVERY_MS = 5_000;
/** How long after what is seen it is told, in ms. */
const LATER_MS = 60;
/** Words below this are told as low: the half at which underlines begin. */
const LOW = Math.log(0.5);

/** The one live region of the page: started, every five seconds, and how it ended (WCAG 4.1.3). */
export function RunStatus({ run: latest, score }: { run: RunState; score: RunScore | null }) {
  // Low words are looked for in the whole answer, which is not to hold up its last ones.
  const run = useLater(latest, LATER_MS);
  const isOver = run.status === "finished" || run.status === "stopped";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the array grows in place; it is whole when it is over.
  const low = useMemo(() => (isOver ? countLowWords(run) : 0), [isOver, run.key, run.version]);
  return (
    <p role="status" className="sr-only">
      {words(run, score, low)}
    </p>
  );
}

function words(run: RunState, score: RunScore | null, low: number): string {
  const confidence =
    score?.value == null
      ? ""
      : ` Confidence ${formatProbability(score.value.confidence)} over ${score.countedTokens} tokens. ${low} low word${low === 1 ? "" : "s"}.`;
  switch (run.status) {
    case "idle":
      return "";
    case "connecting":
      return "Waiting for the first token.";
    case "streaming": {
      const told = Math.floor((run.elapsed ?? 0) / EVERY_MS) * EVERY_MS;
      const passed = tokensUntil(run.tokens, told);
      return passed === 0 ? "Generating." : `Generating: ${passed} tokens.`;
    }
    case "finished":
      return `Finished: ${run.finishReason ? describeFinish(run.finishReason).title : "no reason"}. ${run.tokenCount} tokens.${confidence}`;
    case "stopped":
      return `Stopped by you after ${run.tokenCount} tokens.${confidence}`;
    case "failed":
      return `Failed after ${run.tokenCount} tokens: ${run.failure?.message ?? ""}`;
  }
}

function countLowWords({ tokens }: RunState): number {
  const answer = placeTokens(tokens);
  const spans = scoreSpans(answer, findSpans(answer.text, "word"));
  return spans.filter(({ score }) => score !== null && score.meanLogProb < LOW).length;
}
