import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { Phase, Stage } from "../state/records.ts";
import type { Step } from "./timeline.ts";

/** How an update moves the traffic: the share of the new fleet after each shift, and how it is watched. */
export type DeploymentPolicy = {
  readonly kind: "blue-green" | "rolling";
  /** Rising parts of one, the last of them 1. */
  readonly shares: readonly number[];
  readonly waitSeconds: number;
  readonly terminationSeconds: number;
  readonly limitSeconds?: number;
  readonly alarms: readonly string[];
};

type Progress = Omit<NonNullable<Phase["pending"]>, "fleet">;

const SHIFT_SECONDS = 30;
const ALL_AT_ONCE: DeploymentPolicy = {
  kind: "blue-green",
  shares: [1],
  waitSeconds: 0,
  terminationSeconds: 0,
  alarms: [],
};

/**
 * Reads a `DeploymentConfig` for a fleet of so many instances. Throws `ValidationException` for both policies at
 * once and for sizes out of AWS's bounds: canary up to a half, linear 10 to 50 %, rolling 5 to 50 %.
 */
export function readPolicy(deployment: JsonObject | undefined, instances: number): DeploymentPolicy {
  if (deployment === undefined) return ALL_AT_ONCE;
  const {
    BlueGreenUpdatePolicy: blueGreen,
    RollingUpdatePolicy: rolling,
    AutoRollbackConfiguration,
  } = deployment;
  const watched = isJsonObject(AutoRollbackConfiguration)
    ? objectsAt(AutoRollbackConfiguration, "Alarms")
    : [];
  const alarms = watched.map((alarm) => stringAt(alarm, "AlarmName") ?? "");
  if (isJsonObject(blueGreen) && isJsonObject(rolling)) {
    throw validationException(
      "Only one of BlueGreenUpdatePolicy and RollingUpdatePolicy can be specified in a DeploymentConfig.",
    );
  }
  if (isJsonObject(rolling)) {
    const batch = sizeOf(rolling.MaximumBatchSize, instances, "MaximumBatchSize", 0.05, 0.5);
    if (rolling.RollbackMaximumBatchSize !== undefined) {
      sizeOf(rolling.RollbackMaximumBatchSize, instances, "RollbackMaximumBatchSize", 0.05, 1);
    }
    return { ...ALL_AT_ONCE, kind: "rolling", shares: stairs(batch), ...timesOf(rolling), alarms };
  }
  if (!isJsonObject(blueGreen)) return { ...ALL_AT_ONCE, alarms };
  const routing = blueGreen.TrafficRoutingConfiguration;
  const shares = isJsonObject(routing) ? sharesOf(routing, instances) : [1];
  return {
    ...ALL_AT_ONCE,
    shares,
    ...timesOf(blueGreen),
    waitSeconds: isJsonObject(routing) ? (numberAt(routing, "WaitIntervalInSeconds") ?? 0) : 0,
    terminationSeconds: numberAt(blueGreen, "TerminationWaitInSeconds") ?? 0,
    alarms,
  };
}

/** The steps of a deployment: the start of the new machines and then shift, watch and so on. */
export function planTraffic(
  policy: DeploymentPolicy,
  start: readonly Step[],
  phase: (progress: Progress, stage: Stage, message: string) => Step["phase"],
): Step[] {
  const rolling = policy.kind === "rolling";
  const shifts = policy.shares.flatMap((share, index) => {
    const before = policy.shares[index - 1] ?? 0;
    const built = rolling ? share : 1;
    const drained = rolling ? before : 0;
    // Rolling builds one batch after the other; blue/green has built everything before the first shift.
    const building = rolling ? start.map((step) => withProgress(step, before, before, drained)) : [];
    const percent = `${Math.round(share * 100)} %`;
    const moved = { share, built, drained };
    return [
      ...building,
      {
        seconds: SHIFT_SECONDS,
        phase: phase(moved, "ActivatingTraffic", `Shifting ${percent} of the traffic`),
      },
      { seconds: policy.waitSeconds, phase: phase(moved, "Baking", `Watching the alarms at ${percent}`) },
    ].filter((step) => step.seconds > 0);
  });
  const end = phase({ share: 1, built: 1, drained: 0 }, "Deleting", "Waiting to terminate the old instances");
  const termination =
    policy.terminationSeconds > 0 ? [{ seconds: policy.terminationSeconds, phase: end }] : [];
  return [...(rolling ? [] : start), ...shifts, ...termination];
}

function withProgress(step: Step, share: number, built: number, drained: number): Step {
  const { pending } = step.phase;
  return pending === undefined
    ? step
    : { ...step, phase: { ...step.phase, pending: { ...pending, share, built, drained } } };
}

function timesOf(policy: JsonObject): Pick<DeploymentPolicy, "waitSeconds" | "limitSeconds"> {
  const limitSeconds = numberAt(policy, "MaximumExecutionTimeoutInSeconds");
  const waitSeconds = numberAt(policy, "WaitIntervalInSeconds") ?? 0;
  return limitSeconds === undefined ? { waitSeconds } : { waitSeconds, limitSeconds };
}

function sharesOf(routing: JsonObject, instances: number): number[] {
  switch (stringAt(routing, "Type")) {
    case "CANARY":
      return [sizeOf(routing.CanarySize, instances, "CanarySize", 0, 0.5), 1];
    case "LINEAR":
      return stairs(sizeOf(routing.LinearStepSize, instances, "LinearStepSize", 0.1, 0.5));
    default:
      return [1];
  }
}

function stairs(step: number): number[] {
  const count = Math.ceil(1 / step - 1e-9);
  return Array.from({ length: count }, (_, index) => Math.min(1, step * (index + 1)));
}

/** A size as a part of one. A size counted in instances may exceed its bound where there are few of them. */
function sizeOf(
  size: JsonObject[string] | undefined,
  instances: number,
  member: string,
  least: number,
  most: number,
): number {
  if (!isJsonObject(size)) {
    throw validationException(`${member} must be specified for the given deployment policy.`);
  }
  const value = numberAt(size, "Value") ?? 1;
  const counted = stringAt(size, "Type") === "INSTANCE_COUNT";
  const part = counted ? value / Math.max(instances, 1) : value / 100;
  const single = counted && value === 1;
  if (!single && (part < least || part > most)) {
    throw validationException(
      `${member} must be between ${Math.round(least * 100)} and ${Math.round(most * 100)} percent of the capacity.`,
    );
  }
  return Math.min(part, 1);
}
