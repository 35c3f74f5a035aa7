import type { Scope } from "../control/scope.ts";
import { numberAt } from "../json.ts";
import { activitiesOf, recordActivity } from "./activities.ts";
import { changeCapacity } from "./change-capacity.ts";
import { keyOfTarget } from "./dimensions.ts";
import { metricOf } from "./metric.ts";
import type { ActivityRecord, PolicyRecord, TargetRecord } from "./records.ts";
import { MINUTE, type ScalingParts } from "./scaling-parts.ts";
import { stepCapacity } from "./steps.ts";
import { MINUTES_IN, trackTarget, type Wish } from "./track-target.ts";

const COOLDOWN_SECONDS = 300;
// An idle endpoint is at its minimum for weeks: a note an hour says so without filling the list.
const NOTED_MS = 3_600_000;

type Wanted = Wish & { readonly policy: PolicyRecord };

/** Lets the policies of a target act on the minutes that ended by `end`; at most one change a minute. */
export function followPolicies(scope: Scope, parts: ScalingParts, target: TargetRecord, end: number): void {
  const policies = scope.store
    .all("scalingPolicies", scope.region)
    .filter((policy) => keyOfTarget(policy) === keyOfTarget(target) && policy.createdAt < end);
  if (policies.length === 0) return;
  const capacity = parts.capacities.read(scope, target);
  // A resource on its way cannot be told anything else; the next minute asks again.
  if (capacity === undefined || !capacity.settled) return;
  const past = activitiesOf(scope, target);
  const situation = { scope, parts, target, end, capacity: capacity.desired, past };
  const wishes = policies.flatMap((policy) => wishOf(situation, policy) ?? []);
  const chosen = choose(wishes, policies);
  if (chosen === undefined || isSuspended(target, chosen)) return;
  const to = Math.min(Math.max(chosen.capacity, target.min), target.max);
  const cause = causeOf(chosen);
  if (to === capacity.desired) {
    if (chosen.capacity !== to) noteLimit(situation, chosen, cause);
    return;
  }
  const change = { from: capacity.desired, to, cause, policy: chosen.policy.arn };
  changeCapacity(scope, parts.capacities, target, change);
}

type Situation = {
  readonly scope: Scope;
  readonly parts: ScalingParts;
  readonly target: TargetRecord;
  readonly end: number;
  readonly capacity: number;
  readonly past: readonly ActivityRecord[];
};

function wishOf(situation: Situation, policy: PolicyRecord): Wanted | undefined {
  const wish = policy.type === "StepScaling" ? stepWish(situation, policy) : trackingWish(situation, policy);
  return wish === undefined ? undefined : { ...wish, policy };
}

function stepWish(situation: Situation, policy: PolicyRecord): Wish | undefined {
  const { scope, parts, end, capacity, past } = situation;
  const breach = parts.breachAt(scope, policy.arn, end);
  const wanted = breach === undefined ? undefined : stepCapacity(policy.configuration, capacity, breach);
  if (wanted === undefined || wanted === capacity) return undefined;
  const direction = wanted > capacity ? "out" : "in";
  const seconds = numberAt(policy.configuration, "Cooldown") ?? COOLDOWN_SECONDS;
  return since(past, direction, end, seconds) === undefined ? { direction, capacity: wanted } : undefined;
}

function trackingWish(situation: Situation, policy: PolicyRecord): Wish | undefined {
  const { scope, parts, target, end, capacity, past } = situation;
  const { configuration } = policy;
  const metric = metricOf(configuration, target);
  // The newest minute is part of every decision; most of the time it is all that has to be looked up.
  if (metric === undefined || parts.metricAt(scope, metric, end - MINUTE) === undefined) return undefined;
  const values = Array.from({ length: MINUTES_IN }, (_, back) =>
    parts.metricAt(scope, metric, end - (back + 1) * MINUTE),
  );
  const goal = numberAt(configuration, "TargetValue") ?? 1;
  const wish = trackTarget(values, goal, capacity);
  const seconds = numberAt(configuration, wish?.direction === "out" ? "ScaleOutCooldown" : "ScaleInCooldown");
  const recent =
    wish === undefined ? undefined : since(past, wish.direction, end, seconds ?? COOLDOWN_SECONDS);
  if (wish?.direction === "out") {
    if (recent?.status === "Failed") return undefined;
    // What is being added already counts towards the wish, so only more than that goes through.
    const wanted = recent === undefined ? wish : trackTarget(values, goal, recent.from);
    return wanted !== undefined && wanted.capacity > capacity ? wanted : undefined;
  }
  const may = wish !== undefined && recent === undefined && configuration.DisableScaleIn !== true;
  return may && wish.capacity < capacity ? wish : undefined;
}

/** The last change in this direction that is not longer ago than the cooldown. */
function since(
  past: readonly ActivityRecord[],
  direction: Wish["direction"],
  end: number,
  seconds: number,
): ActivityRecord | undefined {
  return past.find(
    ({ policy, from, to, at, notScaled }) =>
      policy !== undefined &&
      notScaled === undefined &&
      (direction === "out" ? to > from : to < from) &&
      end - at < seconds * 1000,
  );
}

/** Out when any policy wants it, in only when all that track a target and may, want it; always the largest capacity. */
function choose(wishes: readonly Wanted[], policies: readonly PolicyRecord[]): Wanted | undefined {
  const largest = wishes.toSorted((left, right) => right.capacity - left.capacity)[0];
  if (largest === undefined || largest.direction === "out") return largest;
  const mayScaleIn = policies.filter(
    ({ type, configuration }) => type === "TargetTrackingScaling" && configuration.DisableScaleIn !== true,
  );
  const agreed = mayScaleIn.every((policy) => wishes.some((wish) => wish.policy.arn === policy.arn));
  return agreed ? largest : undefined;
}

function isSuspended(target: TargetRecord, { direction }: Wish): boolean {
  const key = direction === "out" ? "DynamicScalingOutSuspended" : "DynamicScalingInSuspended";
  return target.suspended[key] === true;
}

function causeOf({ policy, direction }: Wanted): string {
  const alarm = policy.alarms[direction === "out" ? 0 : 1]?.AlarmName;
  return alarm === undefined
    ? `an alarm in state ALARM triggered policy ${policy.name}`
    : `monitor alarm ${alarm} in state ALARM triggered policy ${policy.name}`;
}

/** A limit that stops a policy is an activity too, which AWS shows on request. */
function noteLimit({ scope, target, end, capacity, past }: Situation, chosen: Wanted, cause: string): void {
  const noted = past.some(({ notScaled, at }) => notScaled !== undefined && end - at < NOTED_MS);
  if (noted) return;
  const atMost = chosen.direction === "out";
  recordActivity(scope, {
    resourceId: target.resourceId,
    dimension: target.dimension,
    description: "Attempting to scale due to alarm triggered",
    cause,
    status: "Unfulfilled",
    message: `The capacity is at its ${atMost ? "maximum" : "minimum"} already.`,
    from: capacity,
    to: capacity,
    policy: chosen.policy.arn,
    notScaled: {
      Code: atMost ? "AlreadyAtMaxCapacity" : "AlreadyAtMinCapacity",
      [atMost ? "MaxCapacity" : "MinCapacity"]: atMost ? target.max : target.min,
      CurrentCapacity: capacity,
    },
  });
}
