import type { ServerResponse } from "node:http";
import type { Background } from "./background.ts";
import type { Clock } from "./clock.ts";
import { alarmState } from "./cloudwatch/evaluate-alarm.ts";
import type { Neighbours, Scope } from "./control/scope.ts";
import { seedRegion } from "./control/seed.ts";
import type { Switches } from "./control/switches.ts";
import type { Throttle } from "./control/throttle.ts";
import type { Engines } from "./engine/engines.ts";
import type { FaultBoard } from "./faults/fault-board.ts";
import { START_FAULTS } from "./faults/faults.ts";
import { trustsSageMaker } from "./iam/role-catalogue.ts";
import type { LogLine } from "./log-line.ts";
import { endpointUsageQuota } from "./quotas/endpoint-usage.ts";
import type { Capture } from "./runtime/capture.ts";
import type { RuntimeParts, TimeLimits } from "./runtime/runtime-parts.ts";
import type { Scripts } from "./runtime/scripts.ts";
import { catchUpScaling } from "./scaling/catch-up.ts";
import type { ScalingParts } from "./scaling/scaling-parts.ts";
import { hasScalableTarget } from "./scaling/targets.ts";
import type { Store } from "./state/store.ts";
import type { Storage } from "./storage/storage.ts";
import type { Telemetry } from "./telemetry/telemetry.ts";
import type { WatchInvocation } from "./telemetry/watch-invocations.ts";

const NEIGHBOURS: Neighbours = { alarmState, hasScalableTarget, endpointUsageQuota, trustsSageMaker };

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
  readonly telemetry: Telemetry;
  readonly watch: WatchInvocation;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly scripts: Scripts;
  readonly faults: FaultBoard;
  readonly scaling: ScalingParts;
  readonly random: () => number;
  readonly capture: Capture;
  /** Refuses what comes too often. */
  readonly throttle: Throttle;
  /** Moved by the control path. */
  switches: Switches;
  /** Asynchronous requests and jobs. */
  readonly background: Background;
  /** The answers that are not finished. */
  readonly live: Set<ServerResponse>;
};

/** What an operation in this region may touch, after the autoscaler did what was due there. */
export function scopeOf(
  { store, clock, settings, scaling, switches, faults, telemetry }: Running,
  region: string,
): Scope {
  const scope: Scope = {
    store,
    clock,
    region,
    seed: settings.seed,
    switches,
    telemetry,
    neighbours: NEIGHBOURS,
    startFault: (place) => {
      const taken = faults.take("start", { region, ...place });
      return START_FAULTS.find((fault) => fault === taken);
    },
    // Objects are read before a call runs, by whoever starts one.
    artifacts: () => undefined,
    engineState: settings.engines.stateOf,
  };
  // At the first use of a region, since there are more regions than anybody looks at.
  seedRegion(scope);
  catchUpScaling(scope, scaling);
  return scope;
}

/** What an invocation in this region touches. */
export function runtimePartsOf(running: Running, region: string): RuntimeParts {
  const { scripts, faults, random, settings, watch, capture } = running;
  const { engines, limits, logLine } = settings;
  const scope = scopeOf(running, region);
  return { scope, scripts, faults, random, engines, limits, logLine, watch, capture };
}
