import type { TokenEvent } from "#lib/run/run-event.ts";

/** One place on the running chart: one token, or a stretch of tokens that share a pixel. Values in nats. */
type ChartPoint = {
  /** Index in the run of the first token it stands for, and how many it stands for. */
  index: number;
  tokens: number;
  /** Null where none of the tokens has a number: a gap, never a zero. */
  mean: number | null;
  lowest: number | null;
  /** Index in the run of the token with the lowest value. */
  lowestIndex: number | null;
};

export type LogProbChart = {
  points: ChartPoint[];
  /** From the lowest value, rounded down to a whole number of nats, up to 0. */
  domain: [lowest: number, highest: number];
  /** Tokens a point stands for at most. */
  tokensPerPoint: number;
};

/** As many points as fit on a chart: more would be drawn over one another and slow the page down. */
const MOST_POINTS = 400;

/**
 * The log probabilities of a run along its tokens. A long run is cut into stretches of equal length that show
 * their mean and their lowest value, so that no dip is averaged away.
 */
export function prepareLogProbChart(
  tokens: readonly Pick<TokenEvent, "index" | "logProb" | "counts">[],
  most = MOST_POINTS,
): LogProbChart {
  const counted = tokens.filter((token) => token.counts);
  const tokensPerPoint = Math.max(1, Math.ceil(counted.length / most));
  const points: ChartPoint[] = [];
  for (let from = 0; from < counted.length; from += tokensPerPoint) {
    points.push(pointOf(counted.slice(from, from + tokensPerPoint)));
  }
  const lowest = points.reduce((least, { lowest: value }) => Math.min(least, value ?? 0), 0);
  // A run of certain tokens still needs an axis with some height.
  return { points, domain: [Math.min(-1, Math.floor(lowest)), 0], tokensPerPoint };
}

function pointOf(tokens: readonly Pick<TokenEvent, "index" | "logProb">[]): ChartPoint {
  let sum = 0;
  let count = 0;
  let lowest: number | null = null;
  let lowestIndex: number | null = null;
  for (const { index, logProb } of tokens) {
    if (logProb === null) continue;
    const value = Math.min(logProb, 0);
    sum += value;
    count += 1;
    if (lowest === null || value < lowest) {
      lowest = value;
      lowestIndex = index;
    }
  }
  return {
    index: tokens[0]?.index ?? 0,
    tokens: tokens.length,
    mean: count === 0 ? null : sum / count,
    lowest,
    lowestIndex,
  };
}
