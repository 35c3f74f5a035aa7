// AWS's own alarms: three minutes above the target, fifteen below nine tenths of it.
const MINUTES_OUT = 3;
export const MINUTES_IN = 15;
const LOW = 0.9;

export type Wish = { readonly direction: "out" | "in"; readonly capacity: number };

/**
 * What target tracking wants; `values` are the metric's minutes, the newest first, undefined where there was no
 * data. Missing data never scales, as AWS's alarms then have insufficient data. `base` is the capacity that the
 * values were measured with.
 */
export function trackTarget(
  values: readonly (number | undefined)[],
  target: number,
  base: number,
): Wish | undefined {
  const recent = values.slice(0, MINUTES_OUT);
  const [newest] = recent;
  if (
    newest !== undefined &&
    recent.length === MINUTES_OUT &&
    recent.every((value) => (value ?? 0) > target)
  ) {
    return { direction: "out", capacity: Math.ceil((base * newest) / target) };
  }
  const long = values.slice(0, MINUTES_IN);
  const known = long.filter((value) => value !== undefined);
  if (known.length === MINUTES_IN && known.every((value) => value < target * LOW)) {
    // The busiest of the minutes: scaling in on the quietest would scale out again at once.
    return { direction: "in", capacity: Math.ceil((base * Math.max(...known)) / target) };
  }
  return undefined;
}
