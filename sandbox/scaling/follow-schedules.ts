import type { Scope } from "../control/scope.ts";
import { recordActivity } from "./activities.ts";
import type { Capacities } from "./capacities.ts";
import { changeCapacity } from "./change-capacity.ts";
import { keyOfTarget } from "./dimensions.ts";
import type { ScheduledActionRecord, TargetRecord } from "./records.ts";
import { parseSchedule } from "./schedule.ts";

/** Applies the scheduled actions that fire in the minute that begins now; answers whether any did. */
export function applySchedules(
  scope: Scope,
  capacities: Capacities,
  target: TargetRecord,
  minute: number,
): boolean {
  if (target.suspended.ScheduledScalingSuspended === true) return false;
  const due = scope.store
    .all("scheduledActions", scope.region)
    .filter((action) => keyOfTarget(action) === keyOfTarget(target) && isDue(action, minute));
  for (const action of due) apply(scope, capacities, action);
  return due.length > 0;
}

function isDue(action: ScheduledActionRecord, minute: number): boolean {
  const from = action.startsAt ?? action.createdAt;
  if (minute < action.createdAt || minute < (action.startsAt ?? 0)) return false;
  if (action.endsAt !== null && minute > action.endsAt) return false;
  return parseSchedule(action.schedule, action.timezone, from)?.(minute) ?? false;
}

function apply(scope: Scope, capacities: Capacities, action: ScheduledActionRecord): void {
  const { store, region } = scope;
  const target = store.get("scalableTargets", region, keyOfTarget(action));
  if (target === undefined) return;
  // One limit alone pushes the other along.
  const min = action.min ?? Math.min(target.min, action.max ?? target.min);
  const max = action.max ?? Math.max(target.max, min);
  const changed = { ...target, min, max };
  store.commit([{ table: "scalableTargets", region, key: keyOfTarget(target), value: changed }]);
  const capacity = capacities.read(scope, target)?.desired;
  const cause = `scheduled action name ${action.name} was triggered`;
  recordActivity(scope, {
    resourceId: target.resourceId,
    dimension: target.dimension,
    description: `Setting min capacity to ${min} and max capacity to ${max}`,
    cause,
    status: "Successful",
    message: `Successfully set min capacity to ${min} and max capacity to ${max}`,
    from: capacity ?? 0,
    to: capacity ?? 0,
  });
  if (capacity === undefined) return;
  const wanted = Math.min(Math.max(capacity, min), max);
  if (wanted !== capacity) {
    const limit = wanted === min && capacity < min ? "minimum" : "maximum";
    changeCapacity(scope, capacities, changed, {
      from: capacity,
      to: wanted,
      cause: `${limit} capacity was set to ${wanted}`,
    });
  }
}
