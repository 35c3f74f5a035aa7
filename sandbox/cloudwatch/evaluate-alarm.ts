import type { Scope } from "../control/scope.ts";
import { startOf } from "../telemetry/metric-cells.ts";
import type { AlarmHistoryItem, AlarmRecord, AlarmState, AlarmValue } from "./alarm-records.ts";
import { type AlarmRule, alarmRule } from "./alarm-rule.ts";
import { evaluateQueries } from "./evaluate-queries.ts";
import { EXTRA_PERIODS, judgePeriods } from "./judge-periods.ts";
import { alarmHistoryWrite } from "./remember-history.ts";
import { stateReason, stateReasonData } from "./state-reason.ts";

// Nobody looks at a sandbox for days: what lies further back than this many periods is not evaluated any more.
const MOST_STEPS = 500;

/** Every alarm of a region as it is now: evaluated for each period that ended since it was last looked at. */
export function currentAlarms(scope: Scope): AlarmRecord[] {
  return scope.store.all("alarms", scope.region).map((alarm) => bringUpToDate(scope, alarm));
}

/** The state of an alarm at this moment; `INSUFFICIENT_DATA` for one that does not exist. */
export function alarmState(scope: Scope, name: string): AlarmValue {
  const alarm = scope.store.get("alarms", scope.region, name);
  return alarm === undefined ? "INSUFFICIENT_DATA" : bringUpToDate(scope, alarm).state.value;
}

/** Evaluates an alarm up to now; remembers what changed, and nothing where nothing did. */
export function bringUpToDate(scope: Scope, alarm: AlarmRecord): AlarmRecord {
  const rule = alarmRule(alarm.input);
  const step = rule.seconds * 1000;
  const last = startOf(scope.clock.now(), rule.seconds);
  const first = Math.max(alarm.evaluatedTo + step, last - MOST_STEPS * step);
  if (first > last) return alarm;
  const back = (rule.evaluationPeriods + EXTRA_PERIODS) * step;
  const { points } = evaluateQueries(scope, rule.queries, { from: first - back, to: last })(rule.watched);
  let { state } = alarm;
  const items: AlarmHistoryItem[] = [];
  for (let at = first; at <= last; at += step) {
    const next = stateAt(rule, points, at, state);
    if (next.value !== state.value) items.push(transition(state, next));
    state = next;
  }
  const current = { ...alarm, state, evaluatedTo: last };
  if (items.length > 0) {
    scope.store.commit([
      { table: "alarms", region: scope.region, key: alarm.name, value: current },
      alarmHistoryWrite(scope, alarm.name, items),
    ]);
  }
  return current;
}

/** The history item of a state that became another. */
export function transition(from: AlarmState, to: AlarmState): AlarmHistoryItem {
  return {
    at: to.updatedAt,
    type: "StateUpdate",
    summary: `Alarm updated from ${from.value} to ${to.value}`,
    details: {
      oldState: { stateValue: from.value, stateReason: from.reason },
      newState: { stateValue: to.value, stateReason: to.reason },
    },
  };
}

function stateAt(
  rule: AlarmRule,
  points: ReadonlyMap<number, number>,
  at: number,
  state: AlarmState,
): AlarmState {
  const step = rule.seconds * 1000;
  const count = rule.evaluationPeriods + EXTRA_PERIODS;
  const values = Array.from({ length: count }, (_, index) => points.get(at - (count - index) * step));
  const judged = judgePeriods(
    values.map((value) => (value === undefined ? undefined : rule.breaches(value))),
    rule,
    state.value,
  );
  if (judged.value === state.value) return state;
  const used = values.filter((value) => value !== undefined).slice(-rule.evaluationPeriods);
  return {
    value: judged.value,
    reason: stateReason(rule, judged, used, state.value),
    reasonData: stateReasonData(rule, used, at),
    updatedAt: at,
    transitionedAt: at,
  };
}
