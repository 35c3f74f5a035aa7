import type { Fleet, Phase } from "../state/records.ts";
import { failureAmong } from "./fleet-outcome.ts";
import { startParts, startSteps } from "./plan-start.ts";
import type { Scope } from "./scope.ts";
import { cutStart, jitter, type Step, schedule } from "./timeline.ts";

/** The whole life of a new endpoint, decided now; read later with `viewEndpoint`. The same seed gives the same times. */
export function planCreation(scope: Scope, name: string, fleet: Fleet): Phase[] {
  const { outcome, extraSeconds, slower } = failureAmong(scope, fleet);
  const steps = startSteps(startParts(fleet.variants, extraSeconds, slower), jitter(scope.seed, name), {
    status: "Creating",
    desired: 0,
    pending: { fleet: 0, share: 0, built: 0, drained: 0 },
  });
  if (outcome.ends === "in-service") {
    return schedule(scope.clock, [...steps, settled(0)]);
  }
  return schedule(scope.clock, [
    ...cutStart(steps, outcome),
    { seconds: 0, phase: { status: "Failed", desired: 0, failureReason: outcome.failureReason } },
  ]);
}

/** The step of an endpoint that serves with one of its fleets and waits for nothing. */
export function settled(fleet: number, failureReason?: string): Step {
  const phase = { status: "InService" as const, serves: fleet, desired: fleet };
  return { seconds: 0, phase: failureReason === undefined ? phase : { ...phase, failureReason } };
}
