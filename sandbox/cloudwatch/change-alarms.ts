import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { AlarmRecord, AlarmState, AlarmValue } from "./alarm-records.ts";
import { bringUpToDate, transition } from "./evaluate-alarm.ts";
import { alarmHistoryWrite } from "./remember-history.ts";

/** Deletes alarms; where one of them does not exist, none is deleted. */
export function deleteAlarms(scope: Scope, input: JsonObject): undefined {
  const alarms = namedAlarms(scope, input);
  scope.store.commit(
    alarms.map(({ name }) => ({ table: "alarms" as const, region: scope.region, key: name, value: null })),
  );
}

/** Lets alarms act again when they change; unknown names are no error to AWS. */
export function enableAlarmActions(scope: Scope, input: JsonObject): undefined {
  setEnabled(scope, input, true);
}

/** Keeps alarms from acting; their state goes on changing. */
export function disableAlarmActions(scope: Scope, input: JsonObject): undefined {
  setEnabled(scope, input, false);
}

/** Puts an alarm into a state by hand until the next period decides. */
export function setAlarmState(scope: Scope, input: JsonObject): undefined {
  const name = stringAt(input, "AlarmName") ?? "";
  const there = scope.store.get("alarms", scope.region, name);
  if (there === undefined) throw notFound(name);
  const alarm = bringUpToDate(scope, there);
  const now = scope.clock.now();
  const value = stateValue(stringAt(input, "StateValue"));
  const reasonData = stringAt(input, "StateReasonData");
  const state: AlarmState = {
    value,
    reason: stringAt(input, "StateReason") ?? "",
    ...(reasonData === undefined ? {} : { reasonData }),
    updatedAt: now,
    transitionedAt: value === alarm.state.value ? alarm.state.transitionedAt : now,
  };
  const items = value === alarm.state.value ? [] : [transition(alarm.state, state)];
  scope.store.commit([
    { table: "alarms", region: scope.region, key: name, value: { ...alarm, state } },
    alarmHistoryWrite(scope, name, items),
  ]);
}

function setEnabled(scope: Scope, input: JsonObject, isEnabled: boolean): void {
  const names = namesAt(input);
  const found = names.flatMap((name) => scope.store.get("alarms", scope.region, name) ?? []);
  scope.store.commit(
    found.map((alarm) => ({
      table: "alarms" as const,
      region: scope.region,
      key: alarm.name,
      value: { ...alarm, isEnabled },
    })),
  );
}

function namedAlarms(scope: Scope, input: JsonObject): AlarmRecord[] {
  return namesAt(input).map((name) => {
    const alarm = scope.store.get("alarms", scope.region, name);
    if (alarm === undefined) throw notFound(name);
    return alarm;
  });
}

function namesAt(input: JsonObject): string[] {
  const names = input.AlarmNames;
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function stateValue(text: string | undefined): AlarmValue {
  // The input rules let only the three through.
  return text === "OK" || text === "ALARM" ? text : "INSUFFICIENT_DATA";
}

function notFound(name: string): AwsError {
  return new AwsError("ResourceNotFound", `Alarm ${name} does not exist`, 404);
}
