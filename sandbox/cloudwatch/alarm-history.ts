import { epochSeconds, type Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import type { AlarmHistoryItem } from "./alarm-records.ts";
import { currentAlarms } from "./evaluate-alarm.ts";
import { invalidNextToken } from "./refusals.ts";

/** What happened to alarms, newest first unless asked otherwise; also to alarms that are deleted. */
export function describeAlarmHistory(scope: Scope, input: JsonObject): JsonObject {
  // What happened since anybody looked belongs into the history.
  currentAlarms(scope);
  const { NextToken: token, MaxRecords: _size, ...filters } = input;
  const newestFirst = stringAt(input, "ScanBy") !== "TimestampAscending";
  const rows = scope.store
    .names("alarmHistory", scope.region)
    .flatMap((name) =>
      (scope.store.get("alarmHistory", scope.region, name) ?? [])
        .map((item, index) => ({ name, item, index }))
        .filter((row) => fits(row, filters)),
    );
  const page = keyedPage(rows, {
    keyOf: ({ name, item, index }) =>
      `${ordered(item.at, newestFirst)}/${name}/${ordered(index, newestFirst)}`,
    size: numberAt(input, "MaxRecords") ?? 100,
    token: typeof token === "string" ? token : undefined,
    list: `DescribeAlarmHistory/${scope.region}/${JSON.stringify(filters)}`,
    secret: scope.store.secret(),
    invalid: invalidNextToken(),
  });
  return {
    AlarmHistoryItems: page.items.map(({ name, item }) => ({
      AlarmName: name,
      AlarmType: "MetricAlarm",
      Timestamp: epochSeconds(item.at),
      HistoryItemType: item.type,
      HistorySummary: item.summary,
      HistoryData: JSON.stringify({ version: "1.0", ...item.details }),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function fits({ name, item }: { name: string; item: AlarmHistoryItem }, filters: JsonObject): boolean {
  const type = stringAt(filters, "HistoryItemType");
  const alarm = stringAt(filters, "AlarmName");
  const types = filters.AlarmTypes;
  return (
    (alarm === undefined || alarm === name) &&
    (type === undefined || type === item.type) &&
    (!Array.isArray(types) || types.length === 0 || types.includes("MetricAlarm")) &&
    item.at >= (numberAt(filters, "StartDate") ?? 0) * 1000 &&
    item.at <= (numberAt(filters, "EndDate") ?? 1e12) * 1000
  );
}

function ordered(value: number, descending: boolean): string {
  return String(Math.round(descending ? 1e15 - value : value)).padStart(16, "0");
}
