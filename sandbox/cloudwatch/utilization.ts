import type { Scope } from "../control/scope.ts";
import { endpointLives, findLife, type VariantLife } from "../telemetry/endpoint-life.ts";
import { type Cell, type Series, startOf } from "../telemetry/metric-cells.ts";
import { INVOCATION_NAMESPACE } from "../telemetry/publish-invocation.ts";
import { statsOf } from "../telemetry/stats.ts";
import { machineSize } from "./machine-size.ts";

const NAMESPACE = "/aws/sagemaker/Endpoints";
const MINUTE = 60_000;

type Load = {
  readonly variant: VariantLife;
  /** Requests that a machine worked on at once, on average over the minute. */
  readonly occupancy: number;
};

/**
 * What the machines of a variant report each minute, in AWS's scales: CPU 0 to 100 for each core, GPU and its memory
 * 0 to 100 for each GPU. There are no machines here, so each is a function of the measured load and nothing else.
 */
const METRICS: Readonly<Record<string, (load: Load) => number | undefined>> = {
  // A front end at rest, and half a core for each request it feeds.
  CPUUtilization: ({ variant, occupancy }) => {
    const { cores } = machineSize(variant.instanceType);
    return 100 * Math.min(cores, 0.15 + 0.5 * occupancy);
  },
  MemoryUtilization: ({ occupancy }) => Math.min(60, 20 + occupancy),
  // An engine that generates keeps its GPUs busy: the share of the minute in which there was a request.
  GPUUtilization: ({ variant, occupancy }) => {
    const { gpus } = machineSize(variant.instanceType);
    return gpus === 0 ? undefined : 100 * gpus * Math.min(1, occupancy);
  },
  // vLLM takes its share when it starts and keeps it.
  GPUMemoryUtilization: ({ variant }) => {
    const { gpus } = machineSize(variant.instanceType);
    const share = Number(variant.environment.OPTION_GPU_MEMORY_UTILIZATION ?? 0.9);
    return gpus === 0 ? undefined : 100 * gpus * (share > 0 && share <= 1 ? share : 0.9);
  },
  DiskUtilization: () => 35,
};

/** Every utilization series that a region's variants report, with the moment of its last minute. */
export function utilizationSeries(scope: Scope): { series: Series; lastAt: number }[] {
  return endpointLives(scope).flatMap(({ name, variants }) =>
    variants.flatMap((variant) => {
      const span = reports(scope, variant);
      if (span === undefined) return [];
      return Object.keys(METRICS).flatMap((metric) =>
        METRICS[metric]?.({ variant, occupancy: 0 }) === undefined
          ? []
          : [{ series: seriesFor(scope.region, NAMESPACE, metric, name, variant.name), lastAt: span.to }],
      );
    }),
  );
}

/** A utilization series in [from, to), a minute a period; undefined where the series is none. */
export function readUtilization(scope: Scope, series: Series, from: number, to: number): Cell[] | undefined {
  const metric = Object.hasOwn(METRICS, series.name) ? METRICS[series.name] : undefined;
  const endpoint = valueAt(series, "EndpointName");
  const variantName = valueAt(series, "VariantName");
  if (series.namespace !== NAMESPACE || metric === undefined || series.dimensions.length !== 2)
    return undefined;
  const variant = findLife(scope, endpoint)?.variants.find(({ name }) => name === variantName);
  const span = variant === undefined ? undefined : reports(scope, variant);
  if (variant === undefined || span === undefined || metric({ variant, occupancy: 0 }) === undefined)
    return undefined;
  const first = Math.max(startOf(from + MINUTE - 1, 60), startOf(span.from, 60));
  const last = Math.min(to, span.to);
  const busy = occupancies(scope, endpoint, variant, first, last);
  return Array.from({ length: Math.max(0, Math.ceil((last - first) / MINUTE)) }, (_, index) => {
    const start = first + index * MINUTE;
    const value = metric({ variant, occupancy: busy.get(start) ?? 0 }) ?? 0;
    return { start, seconds: 60, stats: statsOf(value, Math.max(1, variant.machines)) };
  });
}

// Machines report while their container runs, and only minutes that are over.
function reports(scope: Scope, variant: VariantLife): { from: number; to: number } | undefined {
  if (variant.startsAt === null) return undefined;
  const ends = [variant.endsAt, variant.failsAt].flatMap((at) => (at === null ? [] : [at]));
  const to = startOf(Math.min(scope.clock.now(), ...ends), 60);
  return to > variant.startsAt ? { from: variant.startsAt, to } : undefined;
}

function occupancies(scope: Scope, endpoint: string, variant: VariantLife, from: number, to: number) {
  const series = seriesFor(scope.region, INVOCATION_NAMESPACE, "ModelLatency", endpoint, variant.name);
  // An older period may be longer than a minute and begin before the first one asked for.
  const cells = scope.telemetry.metrics.read(series, from - 3_600_000, to)?.cells ?? [];
  const found = new Map<number, number>();
  for (const { start, seconds, stats } of cells) {
    const occupancy = stats.sum / 1e6 / seconds / Math.max(1, variant.machines);
    for (let minute = start; minute < start + seconds * 1000; minute += MINUTE) found.set(minute, occupancy);
  }
  return found;
}

function seriesFor(
  region: string,
  namespace: string,
  name: string,
  endpoint: string,
  variant: string,
): Series {
  return {
    region,
    namespace,
    name,
    dimensions: [
      ["EndpointName", endpoint],
      ["VariantName", variant],
    ],
  };
}

function valueAt({ dimensions }: Series, name: string): string {
  return dimensions.find(([dimension]) => dimension === name)?.[1] ?? "";
}
