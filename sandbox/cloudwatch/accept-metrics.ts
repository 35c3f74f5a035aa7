import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { mergeStats, type Stats, statsOf } from "../telemetry/stats.ts";
import { invalidCombination, invalidValue, notEmulated } from "./refusals.ts";
import { seriesOf } from "./series-of.ts";

const MOST_DATA = 1000;
const MOST_VALUES = 150;
const OLDEST = 14 * 86_400_000;
const NEWEST = 2 * 3_600_000;

/** Takes metrics of the caller's own. */
export function putMetricData(scope: Scope, input: JsonObject): undefined {
  if (input.EntityMetricData !== undefined) throw notEmulated("EntityMetricData");
  const namespace = stringAt(input, "Namespace") ?? "";
  if (namespace.startsWith("AWS/")) {
    throw invalidValue("The value AWS/ for parameter Namespace is invalid.");
  }
  const data = objectsAt(input, "MetricData");
  if (data.length === 0) throw invalidValue("The parameter MetricData is required.");
  if (data.length > MOST_DATA) {
    throw invalidValue("The collection MetricData must not have a size greater than 1000.");
  }
  const now = scope.clock.now();
  // All or nothing: what is wrong is found before anything is kept.
  const taken = data.map((datum, index) => {
    const where = `MetricData.member.${index + 1}`;
    return {
      datum,
      stats: statsAt(datum, where),
      at: momentOf(datum, where, now),
      seconds: resolutionOf(datum, where),
    };
  });
  for (const { datum, stats, at, seconds } of taken) {
    const series = seriesOf(scope.region, { ...datum, Namespace: namespace });
    scope.telemetry.metrics.add(series, stringAt(datum, "Unit") ?? "None", seconds, at, stats);
  }
}

function statsAt(datum: JsonObject, where: string): Stats {
  const given = ["Value", "Values", "StatisticValues"].filter((member) => datum[member] !== undefined);
  if (given.length !== 1) {
    throw invalidCombination(
      `Exactly one of ${where}.Value, ${where}.Values and ${where}.StatisticValues must be specified.`,
    );
  }
  const value = numberAt(datum, "Value");
  if (value !== undefined) return statsOf(value);
  const set = datum.StatisticValues;
  if (isJsonObject(set)) return setOf(set, where);
  const values = numbersAt(datum, "Values");
  const counts = datum.Counts === undefined ? values.map(() => 1) : numbersAt(datum, "Counts");
  if (values.length === 0 || values.length > MOST_VALUES || counts.length !== values.length) {
    throw invalidValue(
      `The parameters ${where}.Values and ${where}.Counts must have the same size, from 1 to 150.`,
    );
  }
  return values.map((each, index) => statsOf(each, counts[index])).reduce(mergeStats);
}

function setOf(set: JsonObject, where: string): Stats {
  const [sum, count] = [numberAt(set, "Sum") ?? 0, numberAt(set, "SampleCount") ?? 0];
  const [min, max] = [numberAt(set, "Minimum") ?? 0, numberAt(set, "Maximum") ?? 0];
  if (count <= 0 || min > max) {
    throw invalidValue(
      `The parameter ${where}.StatisticValues must have a positive SampleCount and Minimum at most Maximum.`,
    );
  }
  // Percentiles of a set are known only where all its values are the same.
  return min === max ? statsOf(min, count) : { sum, count, min, max, values: null };
}

function momentOf(datum: JsonObject, where: string, now: number): number {
  const seconds = numberAt(datum, "Timestamp");
  const at = seconds === undefined ? now : seconds * 1000;
  if (at < now - OLDEST || at > now + NEWEST) {
    throw invalidValue(
      `The parameter ${where}.Timestamp must specify a time within the past two weeks and no more than two hours in the future.`,
    );
  }
  return at;
}

function resolutionOf(datum: JsonObject, where: string): number {
  const seconds = numberAt(datum, "StorageResolution") ?? 60;
  if (seconds !== 1 && seconds !== 60) {
    throw invalidValue(`The parameter ${where}.StorageResolution must be 1 or 60.`);
  }
  return seconds;
}

function numbersAt(datum: JsonObject, key: string): number[] {
  const value = datum[key];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "number") : [];
}
