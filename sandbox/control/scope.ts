import type { ArtifactSource, Artifacts } from "../artifacts/artifacts.ts";
import type { Clock } from "../clock.ts";
import type { EngineState } from "../engine/engines.ts";
import type { StartFault } from "../faults/faults.ts";
import type { Store } from "../state/store.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import type { Switches } from "./switches.ts";

/** What SageMaker asks its neighbours, handed in so that a service and its clients do not import each other. */
export type Neighbours = {
  /** The state of a CloudWatch alarm. */
  alarmState(scope: Scope, name: string): "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** Whether Application Auto Scaling holds a target for `endpoint/E/variant/V`. */
  hasScalableTarget(scope: Scope, resourceId: string): boolean;
  /** How many instances of a type the account's endpoints may have. */
  endpointUsageQuota(scope: Scope, instanceType: string): number;
  /** Whether IAM lets SageMaker assume the role with this ARN. */
  trustsSageMaker(region: string, roleArn: string): boolean;
};

/** What an operation may touch: one region of the store, the clock and the seed of this run. */
export type Scope = {
  readonly store: Store;
  readonly clock: Clock;
  readonly region: string;
  readonly seed: number;
  readonly telemetry: Telemetry;
  readonly switches: Readonly<Switches>;
  readonly neighbours: Neighbours;
  /** What was asked to go wrong with the machines or copies that are started now; asking uses it up. */
  readonly startFault: (place: {
    readonly endpoint: string;
    readonly component?: string;
  }) => StartFault | undefined;
  /** What lies at an address of model data; undefined for what the call at hand does not start. */
  readonly artifacts: (source: ArtifactSource) => Artifacts | undefined;
  /** What is known of the engine behind a container with this environment. */
  readonly engineState: (environment: Readonly<Record<string, string>>) => EngineState;
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
