import { faultOf } from "../faults/faults.ts";
import type { Fleet, Phase } from "../state/records.ts";
import type { DeploymentPolicy } from "./deployment-policy.ts";
import { planTraffic } from "./deployment-policy.ts";
import { failureAmong } from "./fleet-outcome.ts";
import type { Places } from "./next-plan.ts";
import { settled } from "./plan-creation.ts";
import { startParts, startSteps } from "./plan-start.ts";
import type { Scope } from "./scope.ts";
import { cutAfter, cutStart, type Failure, jitter, type Step, schedule } from "./timeline.ts";

const ROLLBACK_SECONDS = 60;
const SETTLE_SECONDS = 20;
const SCALE_IN_SECONDS = 60;

/** An update from now on: the new fleet beside the old one, traffic by the policy, back to the old one on failure. */
export function planUpdate(
  scope: Scope,
  name: string,
  places: Places,
  next: Fleet,
  policy: DeploymentPolicy,
  early: Failure | undefined,
): Phase[] {
  const { outcome, extraSeconds, slower } = failureAmong(scope, next);
  const start = startSteps(
    startParts(next.variants, extraSeconds, slower),
    jitter(scope.seed, `${name}/${next.configName}`),
    updating(places, { share: 0, built: 0, drained: 0 }),
  );
  const whole = planTraffic(policy, start, (pending, stage, message) => ({
    ...updating(places, pending),
    stage,
    message,
  }));
  const broken = early ?? (outcome.ends === "failed" ? outcome : undefined);
  const end =
    broken === undefined ? faultAfterShift(next, whole) : { ...broken, steps: cutStart(start, broken) };
  const steps = end?.steps ?? whole;
  const total = steps.reduce((sum, step) => sum + step.seconds, 0);
  const { limitSeconds } = policy;
  if (limitSeconds !== undefined && total > limitSeconds) {
    const reason = `The deployment did not complete within the maximum execution timeout of ${limitSeconds} seconds.`;
    return schedule(scope.clock, [...cutAfter(steps, limitSeconds), ...rollBack(places, next, reason)]);
  }
  return schedule(
    scope.clock,
    end === undefined
      ? [...steps, settled(places.next)]
      : [...steps, ...rollBack(places, next, end.failureReason)],
  );
}

/** What follows when a deployment is given up: the old fleet serves, the new one goes. */
export function rollBack(places: Places, next: Fleet, failureReason: string): Step[] {
  const stuck = [...next.variants, ...next.shadows].some((variant) => faultOf(variant) === "rollback-fails");
  const going: Step = {
    seconds: ROLLBACK_SECONDS,
    phase: {
      ...updating(places, { share: 0, built: 0, drained: 0 }),
      status: "RollingBack",
      stage: "Deleting",
      message: "Terminating the new instances",
      failureReason,
    },
  };
  const phase = {
    status: "UpdateRollbackFailed" as const,
    serves: places.serving,
    desired: places.serving,
    failureReason,
  };
  return [going, stuck ? { seconds: 0, phase } : settled(places.serving, failureReason)];
}

/** A change of weights and counts: the fleet stays, its goal moves. */
export function planCapacity(
  scope: Scope,
  name: string,
  places: Places,
  growth: "grows" | "shrinks" | "same",
  next: Fleet,
): Phase[] {
  const phase = {
    status: "Updating" as const,
    stage: "Updating" as const,
    serves: places.serving,
    desired: places.next,
  };
  const vary = jitter(scope.seed, `${name}/${scope.clock.now()}`);
  if (growth !== "grows") {
    const seconds = growth === "same" ? SETTLE_SECONDS : SCALE_IN_SECONDS;
    const message = growth === "same" ? "Shifting traffic" : "Terminating instances";
    return schedule(scope.clock, [
      { seconds: vary(seconds), phase: { ...phase, message } },
      settled(places.next),
    ]);
  }
  const { outcome, extraSeconds, slower } = failureAmong(scope, next);
  const steps = startParts(next.variants, extraSeconds, slower).map(({ message, seconds }) => ({
    seconds: vary(seconds),
    phase: { ...phase, message },
  }));
  return schedule(
    scope.clock,
    outcome.ends === "in-service"
      ? [...steps, settled(places.next)]
      : [...cutStart(steps, outcome), settled(places.serving, outcome.failureReason)],
  );
}

function updating(
  { serving, next }: Places,
  progress: Omit<NonNullable<Phase["pending"]>, "fleet">,
): Omit<Phase, "at"> {
  return { status: "Updating", serves: serving, desired: serving, pending: { fleet: next, ...progress } };
}

// These two faults let the new machines start and break them once they have traffic.
function faultAfterShift(next: Fleet, whole: readonly Step[]) {
  const broken = next.variants.find((variant) =>
    ["rollback", "rollback-fails"].includes(faultOf(variant) ?? ""),
  );
  if (broken === undefined) return undefined;
  const shifted = whole.findIndex(({ phase }) => (phase.pending?.share ?? 0) > 0);
  return {
    steps: whole.slice(0, shifted + 1),
    failureReason: `The primary container for production variant ${broken.name} did not pass the ping health check. Please check CloudWatch logs for this endpoint.`,
  };
}
