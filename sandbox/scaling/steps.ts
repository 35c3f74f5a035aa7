import { validationException } from "../aws-error.ts";
import { type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";

/** Throws `ValidationException` for steps that AWS does not take: none, overlapping ones, or ones with a gap. */
export function checkSteps(configuration: JsonObject): void {
  const steps = objectsAt(configuration, "StepAdjustments")
    .map(boundsOf)
    .toSorted(([left], [right]) => left - right);
  if (stringAt(configuration, "AdjustmentType") === undefined || steps.length === 0) {
    throw validationException("AdjustmentType and at least one StepAdjustment are required.");
  }
  for (const [index, [lower, upper]] of steps.entries()) {
    const before = steps[index - 1]?.[1];
    if (lower >= upper || (before !== undefined && lower !== before)) {
      throw validationException("StepAdjustment intervals can't overlap or have a gap between them.");
    }
  }
}

/**
 * The capacity after a step policy, before the target's limits; `breach` is how far the alarm's metric lies from
 * its threshold. Undefined where no step covers the breach.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
export function stepCapacity(
  configuration: JsonObject,
  capacity: number,
  breach: number,
): number | undefined {
  const step = objectsAt(configuration, "StepAdjustments").find((entry) => {
    const [lower, upper] = boundsOf(entry);
    // The side towards the threshold belongs to the step.
    return breach >= 0 ? breach >= lower && breach < upper : breach > lower && breach <= upper;
  });
  const by = step === undefined ? undefined : numberAt(step, "ScalingAdjustment");
  if (by === undefined) return undefined;
  switch (stringAt(configuration, "AdjustmentType")) {
    case "ExactCapacity":
      return by;
    case "PercentChangeInCapacity":
      return capacity + percentOf(capacity, by, numberAt(configuration, "MinAdjustmentMagnitude") ?? 1);
    default:
      return capacity + by;
  }
}

/** Rounded as AWS does: away from zero below one, towards zero above. */
function percentOf(capacity: number, percent: number, atLeast: number): number {
  const exact = (capacity * percent) / 100;
  const size = Math.abs(exact) < 1 ? 1 : Math.floor(Math.abs(exact));
  return percent === 0 ? 0 : Math.sign(percent) * Math.max(size, atLeast);
}

function boundsOf(step: JsonObject): readonly [number, number] {
  return [
    numberAt(step, "MetricIntervalLowerBound") ?? Number.NEGATIVE_INFINITY,
    numberAt(step, "MetricIntervalUpperBound") ?? Number.POSITIVE_INFINITY,
  ];
}
