import type { TokenEvent } from "#lib/run/run-event.ts";

/** Null where a run has too few tokens to say. */
export type RunTiming = {
  /** Ms from the first request to the first token. */
  timeToFirstToken: number | null;
  /** Tokens after the first, over the time between the first and the last: prompt reading is not in it. */
  tokensPerSecond: number | null;
  /** Ms from the first request to the latest event. */
  elapsed: number | null;
};

/** Of a run that is over or still going. Looks only at both ends of the tokens, so it may be asked every frame. */
export function runTiming(run: {
  tokens: readonly TokenEvent[];
  tokenCount: number;
  elapsed: number | null;
}): RunTiming {
  const first = run.tokens.find((token) => token.counts);
  const last = run.tokens.findLast((token) => token.counts);
  const generating = first && last ? last.at - first.at : 0;
  return {
    timeToFirstToken: first?.at ?? null,
    // All tokens in one chunk: there is no rate to speak of, and 0 ms would make it infinite.
    tokensPerSecond: generating > 0 ? ((run.tokenCount - 1) * 1000) / generating : null,
    elapsed: run.elapsed,
  };
}

/** Ms between tokens; null below two tokens. */
export type TokenGaps = { p50: number | null; p95: number | null };

/**
 * Gaps between tokens as they were seen: tokens that came in one chunk have none between them. Percentiles are
 * nearest-rank, so each is a gap that did occur. Sorts all gaps: ask when the run is over, not in every frame.
 */
export function tokenGaps(tokens: readonly TokenEvent[]): TokenGaps {
  const stamps = tokens.filter((token) => token.counts).map((token) => token.at);
  const gaps = stamps.slice(1).map((at, index) => at - (stamps[index] ?? at));
  gaps.sort((a, b) => a - b);
  return { p50: nearestRank(gaps, 0.5), p95: nearestRank(gaps, 0.95) };
}

function nearestRank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null;
}
