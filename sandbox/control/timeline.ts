import type { Clock } from "../clock.ts";
import { createRandom, seedFromText } from "../random.ts";
import type { Phase } from "../state/records.ts";

/** How a start of machines ends: well, or failed after so many seconds of a real account and why. */
export type Outcome =
  | { readonly ends: "in-service" }
  | { readonly ends: "failed"; readonly afterSeconds: number; readonly failureReason: string };

/** A state and the seconds of a real account it lasts; the last state of a plan lasts. */
export type Step = { readonly seconds: number; readonly phase: Omit<Phase, "at"> };

const DELETION_SECONDS = 30;

/** Lays steps one after the other from now on. */
export function schedule(clock: Clock, steps: readonly Step[]): Phase[] {
  const start = clock.now();
  let elapsed = 0;
  return steps.map(({ seconds, phase }) => {
    const at = start + clock.shorten(elapsed);
    elapsed += seconds;
    return { at, ...phase };
  });
}

/** Cuts steps off where so many seconds have passed. */
export function cutAfter(steps: readonly Step[], seconds: number): Step[] {
  let left = seconds;
  return steps.flatMap((step, index) => {
    if (left <= 0) return [];
    // What fails late fails in the last state that was reached.
    const lasts = index === steps.length - 1 ? left : Math.min(step.seconds, left);
    left -= step.seconds;
    return [{ ...step, seconds: lasts }];
  });
}

/** A source of chance for one plan: a tenth to either side, so that two endpoints do not move in step. */
export function jitter(seed: number, text: string): (seconds: number) => number {
  const random = createRandom(seed ^ seedFromText(text));
  return (seconds) => seconds * (0.9 + 0.2 * random());
}

/** The life of an endpoint after a delete that was accepted now. */
export function planDeletion(clock: Clock, phases: readonly Phase[]): Phase[] {
  const { desired, failureReason } = phaseAt(phases, clock.now());
  const kept = { desired, ...(failureReason === undefined ? {} : { failureReason }) };
  return schedule(clock, [
    {
      seconds: DELETION_SECONDS,
      phase: { ...kept, status: "Deleting", stage: "Deleting", message: "Terminating instances" },
    },
    { seconds: 0, phase: { ...kept, status: "Gone" } },
  ]);
}

/** The phase that holds at a moment (milliseconds): the last one that has begun. */
export function phaseAt<Begun extends { readonly at: number }>(phases: readonly Begun[], now: number): Begun {
  const phase = phases.findLast(({ at }) => at <= now) ?? phases[0];
  if (phase === undefined) {
    throw new Error("a life without phases");
  }
  return phase;
}

/** Whether something that ends with `Gone` still exists at a moment (milliseconds). */
export function exists(record: WithPhases, now: number): boolean {
  return phaseAt(record.phases, now).status !== "Gone";
}

type WithPhases = { readonly phases: readonly { readonly at: number; readonly status: string }[] };
