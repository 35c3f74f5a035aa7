import type { Clock } from "../clock.ts";
import type { Store } from "../state/store.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";

/** What an operation may touch: one region of the store, the clock and the seed of this run. */
export type Scope = {
  readonly store: Store;
  readonly clock: Clock;
  readonly region: string;
  readonly seed: number;
  readonly telemetry: Telemetry;
};

/** The key a name is stored under: AWS compares names without case when it creates. */
export function keyOf(name: string): string {
  return name.toLowerCase();
}

/** AWS JSON time: seconds since the epoch with a fraction, from milliseconds. */
export function epochSeconds(milliseconds: number): number {
  // More digits than milliseconds would be noise of the division.
  return Math.round(milliseconds) / 1000;
}
