import type { Scope } from "../control/scope.ts";
import { type Series, startOf } from "../telemetry/metric-cells.ts";
import { mergeStats, type Stats } from "../telemetry/stats.ts";
import { readBacklog } from "./backlog.ts";
import { invalidValue } from "./refusals.ts";
import { readUtilization } from "./utilization.ts";

/** Periods of a series by their start (milliseconds), oldest first, and the unit of their values. */
export type Periods = { readonly unit: string; readonly periods: ReadonlyMap<number, Stats> };

/**
 * A series in periods of so many seconds that begin in [from, to); `from` is moved back to a whole period, as AWS does.
 * Empty for a series without data, and for one of another unit where a unit is asked for.
 */
export function readPeriods(
  scope: Scope,
  series: Series,
  seconds: number,
  { from, to }: { from: number; to: number },
  unit?: string,
): Periods {
  const start = startOf(from, seconds);
  const derived = readUtilization(scope, series, start, to);
  const found =
    derived === undefined
      ? (readBacklog(scope, series, start, to) ?? scope.telemetry.metrics.read(series, start, to))
      : { unit: "Percent", cells: derived };
  const periods = new Map<number, Stats>();
  if (found === undefined || (unit !== undefined && unit !== found.unit))
    return { unit: unit ?? "None", periods };
  for (const cell of found.cells) {
    const slot = startOf(cell.start, seconds);
    const there = periods.get(slot);
    periods.set(slot, there === undefined ? cell.stats : mergeStats(there, cell.stats));
  }
  return { unit: found.unit, periods };
}

/** Throws for a length of period that CloudWatch does not have. */
export function checkPeriod(seconds: number, parameter: string): void {
  if (![1, 5, 10, 20, 30].includes(seconds) && seconds % 60 !== 0) {
    throw invalidValue(
      `The parameter ${parameter} must be a multiple of 60, or 1, 5, 10, 20 or 30 for high resolution metrics.`,
    );
  }
}
