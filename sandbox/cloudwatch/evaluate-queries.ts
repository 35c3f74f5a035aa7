import { AwsError } from "../aws-error.ts";
import { ACCOUNT } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, numberAt, stringAt } from "../json.ts";
import { isStatistic, statistic } from "../telemetry/stats.ts";
import { evaluateExpression, type Line } from "./metric-math.ts";
import { checkPeriod, readPeriods } from "./read-periods.ts";
import { invalidCombination, invalidValue, notEmulated } from "./refusals.ts";
import { seriesOf } from "./series-of.ts";

export type Range = { readonly from: number; readonly to: number };

/**
 * Computes `MetricDataQueries` over [from, to) (milliseconds); answers a function from id to time series.
 * Throws what AWS throws for queries that are not well formed, and a refusal for what is not emulated.
 */
export function evaluateQueries(
  scope: Scope,
  queries: readonly JsonObject[],
  range: Range,
): (id: string) => Line {
  const byId = new Map(queries.map((query) => [stringAt(query, "Id") ?? "", query] as const));
  if (byId.size < queries.length)
    throw invalidValue("The values for parameter id in MetricDataQueries are not unique.");
  for (const [index, query] of queries.entries()) checkQuery(query, index);
  const lines = new Map<string, Line>();

  function lineOf(id: string, above: readonly string[]): Line {
    const there = lines.get(id);
    if (there !== undefined) return there;
    const query = byId.get(id);
    if (query === undefined) throw new Error(`Undefined id '${id}'`);
    if (above.includes(id)) throw new Error(`'${id}' depends on itself`);
    const line = computeLine(query, id, above);
    lines.set(id, line);
    return line;
  }

  function computeLine(query: JsonObject, id: string, above: readonly string[]): Line {
    const expression = stringAt(query, "Expression");
    if (expression === undefined) return statisticLine(scope, query.MetricStat, range);
    try {
      return evaluateExpression(expression, { ...range, lookup: (other) => lineOf(other, [...above, id]) });
    } catch (error) {
      if (error instanceof AwsError || !(error instanceof Error)) throw error;
      throw new AwsError("ValidationException", `Error in expression '${id}': ${error.message}`);
    }
  }

  return (id) => lineOf(id, []);
}

function statisticLine(scope: Scope, input: unknown, range: Range): Line {
  const stat = asObject(input);
  const metric = asObject(stat.Metric);
  const seconds = numberAt(stat, "Period") ?? 60;
  const name = stringAt(stat, "Stat") ?? "";
  const { periods } = readPeriods(
    scope,
    seriesOf(scope.region, metric),
    seconds,
    range,
    stringAt(stat, "Unit"),
  );
  const points = [...periods].flatMap(([start, stats]) => {
    const value = statistic(stats, name);
    return value === undefined ? [] : [[start, value] as const];
  });
  return { seconds, points: new Map(points) };
}

function checkQuery(query: JsonObject, index: number): void {
  const where = `MetricDataQueries.member.${index + 1}`;
  const id = stringAt(query, "Id") ?? "";
  if (!/^[a-z]\w{0,254}$/.test(id)) {
    throw invalidValue(
      `The value ${id} for parameter ${where}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  }
  const isMetric = query.MetricStat !== undefined;
  if (isMetric === (query.Expression !== undefined)) {
    throw invalidCombination(`Exactly one of ${where}.MetricStat and ${where}.Expression must be specified.`);
  }
  const account = stringAt(query, "AccountId");
  if (account !== undefined && account !== ACCOUNT)
    throw notEmulated(`${where}.AccountId of another account`);
  if (!isMetric) return;
  const stat = asObject(query.MetricStat);
  checkPeriod(numberAt(stat, "Period") ?? 60, `${where}.MetricStat.Period`);
  const name = stringAt(stat, "Stat") ?? "";
  if (!isStatistic(name)) {
    throw invalidValue(
      `The value ${name} for parameter ${where}.MetricStat.Stat is not supported: use Sum, Average, Minimum, Maximum, SampleCount or a percentile such as p99.`,
    );
  }
}

// The input rules have already made sure of it.
function asObject(value: unknown): JsonObject {
  const found = value as JsonObject | undefined;
  return isJsonObject(found) ? found : {};
}
