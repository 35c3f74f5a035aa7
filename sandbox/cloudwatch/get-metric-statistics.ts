import { epochSeconds, type Scope } from "../control/scope.ts";
import type { JsonObject } from "../json.ts";
import { numberAt, stringAt } from "../json.ts";
import { isStatistic, type Stats, statistic } from "../telemetry/stats.ts";
import { rangeOf } from "./query-metrics.ts";
import { checkPeriod, readPeriods } from "./read-periods.ts";
import { invalidCombination, invalidValue } from "./refusals.ts";
import { seriesOf } from "./series-of.ts";

const MOST_POINTS = 1440;

/** The older way to read one metric: at most 1,440 periods, in no promised order. */
export function getMetricStatistics(scope: Scope, input: JsonObject): JsonObject {
  const range = rangeOf(input);
  const seconds = numberAt(input, "Period") ?? 60;
  checkPeriod(seconds, "Period");
  const statistics = textsAt(input, "Statistics");
  const extended = textsAt(input, "ExtendedStatistics");
  if ((statistics.length === 0) === (extended.length === 0)) {
    throw invalidCombination("Exactly one of Statistics and ExtendedStatistics must be specified.");
  }
  const unknown = extended.find((name) => !isStatistic(name) || !name.startsWith("p"));
  if (unknown !== undefined) {
    throw invalidValue(
      `The value ${unknown} for parameter ExtendedStatistics.member.1 is not supported: use percentiles such as p99.`,
    );
  }
  const asked = Math.ceil((range.to - range.from) / 1000 / seconds);
  if (asked > MOST_POINTS) {
    throw invalidCombination(
      `You have requested up to ${asked} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const { periods, unit } = readPeriods(
    scope,
    seriesOf(scope.region, input),
    seconds,
    range,
    stringAt(input, "Unit"),
  );
  return {
    Label: stringAt(input, "MetricName") ?? "",
    Datapoints: [...periods].map(([start, stats]) => ({
      Timestamp: epochSeconds(start),
      ...valuesOf(stats, statistics),
      ...(extended.length === 0 ? {} : { ExtendedStatistics: valuesOf(stats, extended) }),
      Unit: unit,
    })),
  };
}

function valuesOf(stats: Stats, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = statistic(stats, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function textsAt(input: JsonObject, key: string): string[] {
  const value = input[key];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
