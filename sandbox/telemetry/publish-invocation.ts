import type { Invocation } from "./invocation.ts";
import type { Series } from "./metric-cells.ts";
import { statsOf } from "./stats.ts";
import type { Telemetry } from "./telemetry.ts";

/** Where SageMaker publishes what it measures of invocations. */
export const INVOCATION_NAMESPACE = "AWS/SageMaker";

const MINUTE = 60;
// The two metrics AWS publishes more often, for scaling that must be quick.
const HIGH_RESOLUTION = 10;

const OF_QUEUES = ["Invocation4XXErrors", "Invocation5XXErrors", "ModelLatency"];

type Value = readonly [name: string, unit: string, value: number | null, seconds?: number];

/** Adds an invocation to the metrics of its variant, and to those of its component where it has one. */
export function publishInvocation(telemetry: Telemetry, invocation: Invocation): void {
  const ofVariant: Series["dimensions"] = [
    ["EndpointName", invocation.endpoint],
    ["VariantName", invocation.variant],
  ];
  const isComponent = invocation.component !== null;
  if (invocation.operation === "async-invocations") {
    // The others are none of an asynchronous endpoint's; its queue has metrics of its own.
    const kept = valuesOf(invocation).filter(([name]) => OF_QUEUES.includes(name));
    publish(telemetry, invocation, ofVariant, kept);
    return;
  }
  publish(telemetry, invocation, ofVariant, [
    ...valuesOf(invocation),
    ...(isComponent ? [] : perCopy(invocation, "InvocationsPerInstance", "ConcurrentRequestsPerModel")),
  ]);
  if (invocation.component !== null) {
    publish(
      telemetry,
      invocation,
      [["InferenceComponentName", invocation.component]],
      [...valuesOf(invocation), ...perCopy(invocation, "InvocationsPerCopy", "ConcurrentRequestsPerCopy")],
    );
  }
}

/** Counts a request that found a component without copies: what wakes it from zero. */
export function publishNoCapacity(telemetry: Telemetry, region: string, component: string, at: number): void {
  const dimensions = [["InferenceComponentName", component]] as const;
  const series = {
    region,
    namespace: INVOCATION_NAMESPACE,
    name: "NoCapacityInvocationFailures",
    dimensions,
  };
  telemetry.metrics.add(series, "None", MINUTE, at, statsOf(1));
}

function valuesOf(invocation: Invocation): Value[] {
  const { modelStatus, abandoned } = invocation;
  // A one or a zero for every request, so that the average is a rate.
  const is4xx = modelStatus !== null && modelStatus >= 400 && modelStatus < 500;
  const is5xx = modelStatus === null ? !abandoned : modelStatus >= 500;
  return [
    ["Invocations", "None", 1],
    ["Invocation4XXErrors", "None", Number(is4xx)],
    ["Invocation5XXErrors", "None", Number(is5xx)],
    ["InvocationModelErrors", "None", Number(is4xx || is5xx)],
    ["ModelLatency", "Microseconds", invocation.modelLatency],
    ["OverheadLatency", "Microseconds", invocation.overheadLatency],
    ["FirstChunkLatency", "Microseconds", invocation.firstChunk],
  ];
}

function perCopy(invocation: Invocation, invocations: string, concurrent: string): Value[] {
  return [
    [invocations, "None", 1 / Math.max(1, invocation.instances)],
    [concurrent, "None", invocation.concurrent / Math.max(1, invocation.instances), HIGH_RESOLUTION],
  ];
}

function publish(
  telemetry: Telemetry,
  { region, at }: Invocation,
  dimensions: Series["dimensions"],
  values: readonly Value[],
): void {
  for (const [name, unit, value, seconds] of values) {
    if (value === null) continue;
    const series = { region, namespace: INVOCATION_NAMESPACE, name, dimensions };
    telemetry.metrics.add(series, unit, seconds ?? MINUTE, at, statsOf(value));
  }
}
