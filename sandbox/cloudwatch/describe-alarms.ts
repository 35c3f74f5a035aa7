import { epochSeconds, type Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import type { AlarmRecord } from "./alarm-records.ts";
import { currentAlarms } from "./evaluate-alarm.ts";
import { invalidNextToken } from "./refusals.ts";
import { seriesOf } from "./series-of.ts";

const ACTIONS = ["AlarmActions", "OKActions", "InsufficientDataActions"];

/** A page of alarms in the order of their names. There are no composite alarms. */
export function describeAlarms(scope: Scope, input: JsonObject): JsonObject {
  const { NextToken: token, MaxRecords: _size, ...filters } = input;
  const page = keyedPage(
    currentAlarms(scope).filter((alarm) => fits(alarm, filters)),
    {
      keyOf: (alarm) => alarm.name,
      size: numberAt(input, "MaxRecords") ?? 50,
      token: typeof token === "string" ? token : undefined,
      list: `DescribeAlarms/${scope.region}/${JSON.stringify(filters)}`,
      secret: scope.store.secret(),
      invalid: invalidNextToken(),
    },
  );
  return {
    MetricAlarms: page.items.map(describeAlarm),
    CompositeAlarms: [],
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** The alarms that watch exactly this metric. */
export function describeAlarmsForMetric(scope: Scope, input: JsonObject): JsonObject {
  const wanted = JSON.stringify(seriesOf(scope.region, input));
  const found = currentAlarms(scope).filter(
    ({ input: alarm }) =>
      alarm.MetricName !== undefined &&
      JSON.stringify(seriesOf(scope.region, alarm)) === wanted &&
      ["Statistic", "ExtendedStatistic", "Period", "Unit"].every(
        (member) => input[member] === undefined || input[member] === alarm[member],
      ),
  );
  return { MetricAlarms: found.map(describeAlarm) };
}

function fits(alarm: AlarmRecord, filters: JsonObject): boolean {
  const names = textsAt(filters, "AlarmNames");
  const types = textsAt(filters, "AlarmTypes");
  const prefix = stringAt(filters, "AlarmNamePrefix") ?? "";
  const state = stringAt(filters, "StateValue");
  const action = stringAt(filters, "ActionPrefix");
  const isRelated = filters.ChildrenOfAlarmName !== undefined || filters.ParentsOfAlarmName !== undefined;
  return (
    // Only composite alarms have children and parents.
    !isRelated &&
    (names.length === 0 || names.includes(alarm.name)) &&
    (types.length === 0 || types.includes("MetricAlarm")) &&
    alarm.name.startsWith(prefix) &&
    (state === undefined || alarm.state.value === state) &&
    (action === undefined ||
      ACTIONS.flatMap((member) => textsAt(alarm.input, member)).some((arn) => arn.startsWith(action)))
  );
}

function describeAlarm({ name, arn, input, configuredAt, isEnabled, state }: AlarmRecord): JsonObject {
  return {
    ...Object.fromEntries(ACTIONS.map((member) => [member, []])),
    ...(input.Metrics === undefined ? { Dimensions: [] } : {}),
    ...input,
    AlarmName: name,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: epochSeconds(configuredAt),
    ActionsEnabled: isEnabled,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: epochSeconds(state.updatedAt),
    StateTransitionedTimestamp: epochSeconds(state.transitionedAt),
  };
}

function textsAt(input: JsonObject, key: string): string[] {
  const value = input[key];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : [];
}
