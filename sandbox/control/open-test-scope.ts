import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../clock.ts";
import type { Change } from "../state/journal.ts";
import { createStore } from "../state/store.ts";
import { openTelemetry } from "../telemetry/telemetry.ts";
import type { Neighbours, Scope } from "./scope.ts";
import { SWITCHES_OFF, type Switches } from "./switches.ts";

/** What a test may choose. */
export type ScopeChoices = {
  readonly scale?: number;
  readonly seed?: number;
  /** Where the wall clock begins, in milliseconds. */
  readonly start?: number;
  readonly past?: readonly Change[];
  readonly switches?: Partial<Switches>;
  readonly neighbours?: Partial<Neighbours>;
};

/** A region for a test: everything in memory, a wall clock that the test moves, every change kept. */
export function openTestScope(choices: ScopeChoices = {}) {
  let now = choices.start ?? 1_000_000;
  const changes: Change[] = [...(choices.past ?? [])];
  const store = createStore(
    {
      append: (added) => void changes.push(...structuredClone(added)),
      flushed: () => Promise.resolve(),
      close: () => undefined,
    },
    changes,
  );
  const scope: Scope = {
    store,
    clock: createClock(choices.scale ?? 1, () => now),
    region: "us-east-1",
    seed: choices.seed ?? 1,
    switches: { ...SWITCHES_OFF, ...choices.switches },
    neighbours: {
      alarmState: () => "OK",
      hasScalableTarget: () => false,
      endpointUsageQuota: () => Number.POSITIVE_INFINITY,
      trustsSageMaker: () => true,
      ...choices.neighbours,
    },
    telemetry: openTelemetry(mkdtempSync(join(tmpdir(), "telemetry-")), true, () => now),
    startFault: () => undefined,
    artifacts: () => undefined,
    engineState: () => ({ trouble: undefined, isContainer: false }),
  };
  return {
    scope,
    changes,
    /** Moves the wall clock, in milliseconds. */
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}
