import { createHmac } from "node:crypto";
import { epochSeconds, type Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { evaluateQueries, type Range } from "./evaluate-queries.ts";
import { invalidNextToken, invalidValue } from "./refusals.ts";

// AWS's own maximum for one answer.
const MOST_POINTS = 100_800;
const MOST_QUERIES = 500;

type Result = { id: string; label: string; points: (readonly [number, number])[] };

/** The values of up to 500 queries, in pages of at most `MaxDatapoints` values. */
export function getMetricData(scope: Scope, input: JsonObject): JsonObject {
  const queries = objectsAt(input, "MetricDataQueries");
  if (queries.length > MOST_QUERIES) {
    throw invalidValue("The collection MetricDataQueries must not have a size greater than 500.");
  }
  const range = rangeOf(input);
  const lineOf = evaluateQueries(scope, queries, range);
  const newestFirst = stringAt(input, "ScanBy") !== "TimestampAscending";
  const results = queries
    .filter((query) => query.ReturnData !== false)
    .map((query): Result => {
      const id = stringAt(query, "Id") ?? "";
      const points = [...lineOf(id).points].toSorted((left, right) => left[0] - right[0]);
      return { id, label: labelOf(query, id), points: newestFirst ? points.toReversed() : points };
    });
  return pageOf(scope, input, results);
}

/** The range an input asks for, in milliseconds. Throws where it ends before it begins. */
export function rangeOf(input: JsonObject): Range {
  const from = (numberAt(input, "StartTime") ?? 0) * 1000;
  const to = (numberAt(input, "EndTime") ?? 0) * 1000;
  if (from >= to) throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
  return { from, to };
}

function labelOf(query: JsonObject, id: string): string {
  const stat = query.MetricStat;
  const metric = isJsonObject(stat) ? stat.Metric : undefined;
  const name = isJsonObject(metric) ? stringAt(metric, "MetricName") : undefined;
  return stringAt(query, "Label") ?? name ?? id;
}

function pageOf(scope: Scope, input: JsonObject, results: readonly Result[]): JsonObject {
  const { NextToken: token, ...rest } = input;
  const list = createHmac("sha256", scope.store.secret())
    .update(JSON.stringify(rest))
    .digest("hex")
    .slice(0, 32);
  const first = token === undefined ? 0 : offsetOf(String(token), list);
  const size = Math.min(MOST_POINTS, numberAt(input, "MaxDatapoints") ?? MOST_POINTS);
  const total = results.reduce((sum, { points }) => sum + points.length, 0);
  let before = 0;
  const shown = results.flatMap(({ id, label, points }) => {
    const page = points.slice(Math.max(0, first - before), Math.max(0, first + size - before));
    const isDone = before + points.length <= first + size;
    before += points.length;
    // Later pages leave out what earlier ones finished.
    if (page.length === 0 && first > 0) return [];
    return [
      {
        Id: id,
        Label: label,
        Timestamps: page.map(([at]) => epochSeconds(at)),
        Values: page.map(([, value]) => value),
        StatusCode: isDone ? "Complete" : "PartialData",
      },
    ];
  });
  const next = first + size < total ? { NextToken: `${list}${(first + size).toString(36)}` } : {};
  return { MetricDataResults: shown, Messages: [], ...next };
}

// Counting is enough here: the range is fixed, and what lies in it only grows at its end.
function offsetOf(token: string, list: string): number {
  const offset = Number.parseInt(token.slice(list.length), 36);
  if (!token.startsWith(list) || !Number.isSafeInteger(offset) || offset < 0) throw invalidNextToken();
  return offset;
}
