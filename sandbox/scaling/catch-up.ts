import type { Scope } from "../control/scope.ts";
import { followPolicies } from "./follow-policies.ts";
import { applySchedules } from "./follow-schedules.ts";
import type { TargetRecord } from "./records.ts";
import { MINUTE, type ScalingParts } from "./scaling-parts.ts";

// A sandbox that was off for longer has no metrics to follow and would spend its first answer on nothing.
const FURTHEST_BACK = 7 * 24 * 60 * MINUTE;

/**
 * Does what the autoscaler of a region would have done since it was last looked at, minute by minute of the
 * sandbox's clock, each at its own moment. Called before every request, so that nothing needs a timer.
 */
export function catchUpScaling(scope: Scope, parts: ScalingParts): void {
  const { store, region, clock } = scope;
  const targets = store.all("scalableTargets", region);
  if (targets.length === 0) return;
  const now = clock.now();
  const last = Math.floor(now / MINUTE) * MINUTE;
  const known = store.get("scalingClock", region, "clock")?.evaluatedTo ?? 0;
  const oldest = Math.min(...targets.map((target) => target.createdAt));
  const first = Math.max(known, Math.floor(oldest / MINUTE) * MINUTE, last - FURTHEST_BACK);
  if (first >= last) return;
  for (let end = first + MINUTE; end <= last; end += MINUTE) {
    const then: Scope = { ...scope, clock: { ...clock, now: () => end } };
    // Read anew each minute: a schedule moves the limits of the next one.
    for (const target of store.all("scalableTargets", region)) {
      if (target.createdAt < end) evaluate(then, parts, target, end);
    }
  }
  store.commit([{ table: "scalingClock", region, key: "clock", value: { evaluatedTo: last } }]);
}

function evaluate(scope: Scope, parts: ScalingParts, target: TargetRecord, end: number): void {
  const scheduled = applySchedules(scope, parts.capacities, target, end);
  // A schedule and a policy in one minute: the schedule's limits first, the policy within them from the next on.
  if (!scheduled) followPolicies(scope, parts, target, end);
}
