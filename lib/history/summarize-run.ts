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
};

/** Sums up a run from all of its events; one without a last event was interrupted. */
export function summarizeRun(events: readonly RunEvent[], { stopped }: { stopped: boolean }): RunSummary {
  const run = reduceRun(emptyRun(), events);
  const timing = runTiming(run);
  return {
    status: statusOf(run, stopped),
    finishReason: run.finishReason,
    failure: run.failure,
    generatedText: run.generatedText,
    tokens: run.tokenCount,
    requests: run.requests,
    elapsedMs: run.elapsed,
    firstTokenMs: timing.timeToFirstToken,
    confidence: scoreRun(run.tokens).value?.confidence ?? null,
  };
}

function statusOf(run: RunState, stopped: boolean): RunSummary["status"] {
  // What a stopped run says of itself is that its stream broke, which is no news to who pressed Stop.
  if (stopped) return "stopped";
  if (run.status === "finished") return "finished";
  return run.status === "failed" ? "failed" : "interrupted";
}
