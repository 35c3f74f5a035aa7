import type { Clock } from "../clock.ts";
import { createRandom, seedFromText } from "../random.ts";
import type { EndpointRecord, Phase } from "../state/records.ts";

/** How a creation ends: in service, or failed after so many seconds of a real account. */
export type Outcome = { ends: "in-service" } | { ends: "failed"; afterSeconds: number };

// About 300 s in all, the middle of what AWS documents for a GPU endpoint.
const CREATION: readonly { message: string; seconds: number }[] = [
  { message: "Requesting compute capacity", seconds: 75 },
  { message: "Pulling the container image", seconds: 90 },
  { message: "Downloading model artifacts", seconds: 35 },
  { message: "Starting the inference engine and waiting for the ping health check", seconds: 100 },
];
const DELETION_SECONDS = 30;

/** The whole life of a new endpoint, decided now; read later with `phaseAt`. The same seed gives the same times. */
export function planCreation(clock: Clock, seed: number, name: string, outcome: Outcome): Phase[] {
  const random = createRandom(seed ^ seedFromText(name));
  const start = clock.now();
  const phases: Phase[] = [];
  // A tenth to either side, so that two endpoints do not move in step.
  let elapsed = 0;
  for (const { message, seconds } of CREATION) {
    if (outcome.ends === "failed" && elapsed >= outcome.afterSeconds) break;
    phases.push({ at: start + clock.shorten(elapsed), status: "Creating", message });
    elapsed += seconds * (0.9 + 0.2 * random());
  }
  const settled = outcome.ends === "failed" ? outcome.afterSeconds : elapsed;
  const status = outcome.ends === "failed" ? "Failed" : "InService";
  return [...phases, { at: start + clock.shorten(settled), status }];
}

/** The life of an endpoint after a delete that was accepted now. */
export function planDeletion(clock: Clock, phases: readonly Phase[]): Phase[] {
  const start = clock.now();
  return [
    ...phases.filter((phase) => phase.at <= start),
    { at: start, status: "Deleting", message: "Terminating instances" },
    { at: start + clock.shorten(DELETION_SECONDS), status: "Gone" },
  ];
}

/** The phase an endpoint is in at a moment (milliseconds): the last one that has begun. */
export function phaseAt(phases: readonly Phase[], now: number): Phase {
  const begun = phases.filter((phase) => phase.at <= now);
  const phase = begun.at(-1) ?? phases[0];
  if (phase === undefined) {
    throw new Error("an endpoint without phases");
  }
  return phase;
}

/** Whether the endpoint still exists at a moment (milliseconds). */
export function exists(endpoint: EndpointRecord, now: number): boolean {
  return phaseAt(endpoint.phases, now).status !== "Gone";
}
