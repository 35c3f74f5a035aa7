/** What is kept of the values of one series in one period. */
export type Stats = {
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  /** How often each value came, to three significant digits; null where only sums were ever known. */
  readonly values: ReadonlyMap<number, number> | null;
};

/** A value that came `count` times. */
export function statsOf(value: number, count = 1): Stats {
  // Three digits keep a period small whatever its load, and a percentile within half a percent.
  const rounded = Number(value.toPrecision(3));
  return { sum: value * count, count, min: value, max: value, values: new Map([[rounded, count]]) };
}

/** Two periods, or two parts of one, taken together. */
export function mergeStats(left: Stats, right: Stats): Stats {
  const merged = copyStats(left);
  growStats(merged, right);
  return merged;
}

/** A period that values are still added to. */
export type GrowingStats = {
  -readonly [Name in Exclude<keyof Stats, "values">]: Stats[Name];
} & { values: Map<number, number> | null };

/** Statistics of their own with the same values. */
export function copyStats(stats: Stats): GrowingStats {
  return { ...stats, values: stats.values === null ? null : new Map(stats.values) };
}

/** Adds values to a period in place. */
export function growStats(grown: GrowingStats, added: Stats): void {
  grown.sum += added.sum;
  grown.count += added.count;
  grown.min = Math.min(grown.min, added.min);
  grown.max = Math.max(grown.max, added.max);
  if (grown.values === null || added.values === null) grown.values = null;
  else addValues(grown.values, added.values);
}

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** Whether a text names a statistic that `statistic` can compute. */
export function isStatistic(name: string): boolean {
  return ["Sum", "Average", "Minimum", "Maximum", "SampleCount"].includes(name) || PERCENTILE.test(name);
}

/** One statistic of a period by CloudWatch's name for it; undefined where the period cannot say. */
export function statistic(stats: Stats, name: string): number | undefined {
  switch (name) {
    case "Sum":
      return stats.sum;
    case "SampleCount":
      return stats.count;
    case "Average":
      return stats.sum / stats.count;
    case "Minimum":
      return stats.min;
    case "Maximum":
      return stats.max;
    default:
      return percentile(stats, Number(PERCENTILE.exec(name)?.[1]));
  }
}

function percentile(stats: Stats, percent: number): number | undefined {
  if (stats.values === null) return undefined;
  const rank = Math.max(1, Math.ceil((percent / 100) * stats.count));
  let seen = 0;
  for (const [value, count] of [...stats.values].toSorted((left, right) => left[0] - right[0])) {
    seen += count;
    // The digits that were dropped must not carry a percentile past the extremes.
    if (seen >= rank) return Math.min(stats.max, Math.max(stats.min, value));
  }
  return stats.max;
}

function addValues(values: Map<number, number>, added: ReadonlyMap<number, number>): void {
  for (const [value, count] of added) values.set(value, (values.get(value) ?? 0) + count);
}
