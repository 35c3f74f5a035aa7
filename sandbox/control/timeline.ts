import type { Clock } from "../clock.ts";
import { createRandom, seedFromText } from "../random.ts";
import type { Phase } from "../state/records.ts";

/** The parts of a start, in order. */
const START_PARTS = ["capacity", "image", "download", "engine"] as const;

/** A start that fails after so many seconds of a real account, in which of its parts and why. */
export type Failure = {
  readonly ends: "failed";
  readonly afterSeconds: number;
  readonly during: (typeof START_PARTS)[number];
  readonly failureReason: string;
  /** What the container writes into its log about it, where that is not the same for every failure of its kind. */
  readonly trouble?: string;
};

/** How a start of machines ends. */
export type Outcome = { readonly ends: "in-service" } | Failure;

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

/** The steps of a start that fails: it stays in the part that does not come to an end. */
export function cutStart(start: readonly Step[], { during, afterSeconds, trouble }: Failure): Step[] {
  const steps = cutAfter(start.slice(0, START_PARTS.indexOf(during) + 1), afterSeconds);
  if (trouble === undefined) return steps;
  return steps.map((step, index) =>
    index === steps.length - 1 ? { ...step, phase: { ...step.phase, trouble } } : step,
  );
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
  const plan = schedule(clock, [
    {
      seconds: DELETION_SECONDS,
      phase: { ...kept, status: "Deleting", stage: "Deleting", message: "Terminating instances" },
    },
    { seconds: 0, phase: { ...kept, status: "Gone" } },
  ]);
  // Logs and metrics outlive the endpoint and are told from its past.
  return [...phases.filter(({ at }) => at <= clock.now()), ...plan];
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
