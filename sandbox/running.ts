import type { ServerResponse } from "node:http";
import type { Clock } from "./clock.ts";
import type { Neighbours, Scope } from "./control/scope.ts";
import { seedRegion } from "./control/seed.ts";
import type { Switches } from "./control/switches.ts";
import type { Engines } from "./engine/engines.ts";
import type { LogLine } from "./log-line.ts";
import { endpointUsageQuota } from "./quotas/endpoint-usage.ts";
import type { TimeLimits } from "./runtime/invoke.ts";
import type { Scripts } from "./runtime/scripts.ts";
import type { Store } from "./state/store.ts";

// Without CloudWatch no alarm rings, and without Application Auto Scaling nothing is registered.
const NEIGHBOURS: Neighbours = {
  alarmState: () => "INSUFFICIENT_DATA",
  hasScalableTarget: () => false,
  endpointUsageQuota,
};

export type SandboxSettings = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly scale: number;
  readonly folder: string;
  readonly fresh: boolean;
  readonly seed: number;
  readonly engines: Engines;
  /** The wall clock in milliseconds. */
  readonly wall: () => number;
  readonly limits: TimeLimits;
  readonly log: (line: string) => void;
  /** Takes what a container writes into its log. */
  readonly logLine: LogLine;
};

/** A sandbox that listens. */
export type Running = {
  readonly settings: SandboxSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly scripts: Scripts;
  readonly random: () => number;
  /** Moved by the control path. */
  switches: Switches;
  /** The answers that are not finished. */
  readonly live: Set<ServerResponse>;
};

/** What an operation in this region may touch. */
export function scopeOf({ store, clock, settings, switches }: Running, region: string): Scope {
  const scope = {
    store,
    clock,
    region,
    seed: settings.seed,
    switches,
    neighbours: NEIGHBOURS,
    engineState: settings.engines.stateOf,
  };
  // At the first use of a region, since there are more regions than anybody looks at.
  seedRegion(scope);
  return scope;
}
