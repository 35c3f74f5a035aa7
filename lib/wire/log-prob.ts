/** vLLM writes -9999.0 where a log probability is minus infinity, because JSON has no word for it. */
const CLAMP = -9999;

export type LogProbReading = {
  logProb: number | null;
  note: "not-sent" | "not-finite" | "clamped" | null;
};

const NOT_SENT: LogProbReading = { logProb: null, note: "not-sent" };
const NOT_FINITE: LogProbReading = { logProb: null, note: "not-finite" };
const CLAMPED: LogProbReading = { logProb: null, note: "clamped" };

/**
 * Reads a log probability in nats. 0.26 and 0.27 leave out 0.0 as they leave out an unknown one, so an absent
 * value is "not-sent" and never 0. Bare NaN and infinities arrive here as words (see `quoteNonFinite`), an
 * overflowing literal such as -1e999 as an infinity. Tiny positive values (differences of cumulative sums) stay
 * as they were sent. -0 becomes 0, which JSON could not carry further.
 */
export function readLogProb(value: unknown): LogProbReading {
  if (typeof value === "number") {
    if (value > CLAMP && value < Number.POSITIVE_INFINITY) {
      return { logProb: value === 0 ? 0 : value, note: null };
    }
    return value > Number.NEGATIVE_INFINITY && value <= CLAMP ? CLAMPED : NOT_FINITE;
  }
  return value === "NaN" || value === "Infinity" || value === "-Infinity" ? NOT_FINITE : NOT_SENT;
}
