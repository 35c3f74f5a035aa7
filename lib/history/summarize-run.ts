import type { Failure } from "#lib/failure.ts";
import { emptyRun, type RunState, reduceRun } from "#lib/run/reduce-run.ts";
import type { FinishReason, RunEvent } from "#lib/run/run-event.ts";
import { runTiming } from "#lib/run/timing.ts";
import { scoreRun } from "#lib/score/score-run.ts";

/** A run in the few numbers that a list of runs shows. Milliseconds since its first request. */
export type RunSummary = {
  status: "finished" | "failed" | "stopped" | "interrupted";
  finishReason: FinishReason | null;
  failure: Failure | null;
  generatedText: string;
  tokens: number;
  requests: number;
  elapsedMs: number | null;
  firstTokenMs: number | null;
  /** exp(mean log probability) of the tokens counted, null without numbers. */
  confidence: number | null;
  /** Tokens with a number, their sum and mean in nats, and bits for each byte of their text; null without numbers. */
  countedTokens: number;
  jointLogProb: number | null;
  meanLogProb: number | null;
  bitsPerByte: number | null;
};

/** Sums up a run from all of its events; one without a last event was interrupted. */
export function summarizeRun(events: readonly RunEvent[], { stopped }: { stopped: boolean }): RunSummary {
  const run = reduceRun(emptyRun(), events);
  const timing = runTiming(run);
  const { countedTokens, value } = scoreRun(run.tokens);
  return {
    status: statusOf(run, stopped),
    finishReason: run.finishReason,
    failure: run.failure,
    generatedText: run.generatedText,
    tokens: run.tokenCount,
    requests: run.requests,
    elapsedMs: run.elapsed,
    firstTokenMs: timing.timeToFirstToken,
    confidence: value?.confidence ?? null,
    countedTokens,
    jointLogProb: value?.jointLogProb ?? null,
    meanLogProb: value?.meanLogProb ?? null,
    bitsPerByte: value?.bitsPerByte ?? null,
  };
}

function statusOf(run: RunState, stopped: boolean): RunSummary["status"] {
  // What a stopped run says of itself is that its stream broke, which is no news to who pressed Stop.
  if (stopped) return "stopped";
  if (run.status === "finished") return "finished";
  return run.status === "failed" ? "failed" : "interrupted";
}
