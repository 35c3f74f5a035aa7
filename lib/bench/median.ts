/** The value below which this share of the numbers lies, with linear interpolation (type 7). NaN for none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle of several repetitions. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}
