/** A bar: how many values lie from `from` (inclusive) to `to` (exclusive, the last bar inclusive). */
type HistogramBar = { from: number; to: number; count: number };

export type Histogram = {
  bars: HistogramBar[];
  counted: number;
  /** Values that lie below the threshold. */
  below: number;
};

/**
 * Counts probabilities (0 to 1) in bars of equal width. `threshold` splits them into what is marked and what is
 * not; a value on the threshold is not marked.
 */
export function prepareHistogram(
  probabilities: readonly number[],
  { bars, threshold }: { bars: number; threshold: number },
): Histogram {
  const counts = Array.from({ length: bars }, () => 0);
  for (const probability of probabilities) {
    // 1 itself belongs to the last bar.
    const bar = Math.min(bars - 1, Math.floor(probability * bars));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return {
    bars: counts.map((count, index) => ({ from: index / bars, to: (index + 1) / bars, count })),
    counted: probabilities.length,
    below: probabilities.filter((probability) => probability < threshold).length,
  };
}
