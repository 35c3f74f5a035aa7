import type { Scope } from "../control/scope.ts";
import type { AlarmHistoryItem } from "./alarm-records.ts";

const KEPT = 100;

/** The write that adds to an alarm's history, of which the newest hundred are kept. */
export function alarmHistoryWrite(scope: Scope, name: string, items: readonly AlarmHistoryItem[]) {
  const there = scope.store.get("alarmHistory", scope.region, name) ?? [];
  return {
    table: "alarmHistory" as const,
    region: scope.region,
    key: name,
    value: [...there, ...items].slice(-KEPT),
  };
}
