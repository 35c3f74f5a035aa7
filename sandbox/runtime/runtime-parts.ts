import type { Scope } from "../control/scope.ts";
import type { Engines } from "../engine/engines.ts";
import type { FaultBoard } from "../faults/fault-board.ts";
import type { LogLine } from "../log-line.ts";
import type { WatchInvocation } from "../telemetry/watch-invocations.ts";
import type { Capture } from "./capture.ts";
import type { Scripts } from "./scripts.ts";

/** How long SageMaker waits for a container, in milliseconds. */
export type TimeLimits = { readonly whole: number; readonly stream: number };

/** What an invocation touches. */
export type RuntimeParts = {
  readonly scope: Scope;
  readonly engines: Engines;
  readonly scripts: Scripts;
  readonly faults: FaultBoard;
  readonly random: () => number;
  readonly limits: TimeLimits;
  readonly logLine: LogLine;
  readonly watch: WatchInvocation;
  readonly capture: Capture;
};
