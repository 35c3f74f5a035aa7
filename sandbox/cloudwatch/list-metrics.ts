import { ACCOUNT } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, objectsAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import type { Series } from "../telemetry/metric-cells.ts";
import { backlogSeries } from "./backlog.ts";
import { invalidNextToken, invalidValue } from "./refusals.ts";
import { metricOf } from "./series-of.ts";
import { utilizationSeries } from "./utilization.ts";

const PAGE = 500;
const TWO_WEEKS = 14 * 86_400_000;
const THREE_HOURS = 3 * 3_600_000;

/** The metrics that had a value in the last two weeks, 500 a page. */
export function listMetrics(scope: Scope, input: JsonObject): JsonObject {
  const { NextToken: token, ...filters } = input;
  const recently = stringAt(input, "RecentlyActive");
  if (recently !== undefined && recently !== "PT3H") {
    throw invalidValue("The parameter RecentlyActive must be PT3H.");
  }
  const since = scope.clock.now() - (recently === undefined ? TWO_WEEKS : THREE_HOURS);
  const known = [
    ...scope.telemetry.metrics.list(scope.region),
    ...utilizationSeries(scope),
    ...backlogSeries(scope),
  ];
  const found = known
    .filter(({ series, lastAt }) => lastAt >= since && fits(series, filters))
    .map(({ series }) => series);
  const page = keyedPage(found, {
    keyOf: ({ namespace, name, dimensions }) => JSON.stringify([namespace, name, dimensions]),
    size: PAGE,
    token: typeof token === "string" ? token : undefined,
    list: `ListMetrics/${scope.region}/${JSON.stringify(filters)}`,
    secret: scope.store.secret(),
    invalid: invalidNextToken(),
  });
  return {
    Metrics: page.items.map(metricOf),
    ...(input.IncludeLinkedAccounts === true ? { OwningAccounts: page.items.map(() => ACCOUNT) } : {}),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function fits(series: Series, filters: JsonObject): boolean {
  const namespace = stringAt(filters, "Namespace");
  const name = stringAt(filters, "MetricName");
  const account = stringAt(filters, "OwningAccount");
  return (
    (namespace === undefined || series.namespace === namespace) &&
    (name === undefined || series.name === name) &&
    (account === undefined || account === ACCOUNT) &&
    objectsAt(filters, "Dimensions").every((filter) => {
      const value = stringAt(filter, "Value");
      return series.dimensions.some(
        ([dimension, found]) => dimension === filter.Name && (value === undefined || found === value),
      );
    })
  );
}
