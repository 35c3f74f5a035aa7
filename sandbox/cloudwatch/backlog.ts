import { findEndpoint } from "../control/find-endpoint.ts";
import { keyOf, type Scope } from "../control/scope.ts";
import { viewEndpoint } from "../control/view-endpoint.ts";
import type { EndpointRecord } from "../state/records.ts";
import { type Cell, type Series, startOf } from "../telemetry/metric-cells.ts";
import { INVOCATION_NAMESPACE } from "../telemetry/publish-invocation.ts";
import { statsOf } from "../telemetry/stats.ts";

const MINUTE = 60_000;
/** Cells of one answer; a range of 15 days is the longest that has minutes. */
const MOST_CELLS = 21_600;

type Queue = {
  readonly size: number;
  readonly instances: number;
  /** Seconds. */
  readonly oldest: number;
};

/** What an asynchronous endpoint reports each minute; a minute without a value has none. */
const METRICS: Readonly<Record<string, { unit: string; read: (queue: Queue) => number | undefined }>> = {
  ApproximateBacklogSize: { unit: "Count", read: ({ size }) => size },
  ApproximateBacklogSizePerInstance: {
    unit: "Count",
    read: ({ size, instances }) => (instances === 0 ? undefined : size / instances),
  },
  ApproximateAgeOfOldestRequest: { unit: "Seconds", read: ({ oldest }) => oldest },
  HasBacklogWithoutCapacity: {
    unit: "Count",
    read: ({ size, instances }) => Number(size > 0 && instances === 0),
  },
};

/** Every queue series of a region's asynchronous endpoints, with the moment of its last minute. */
export function backlogSeries(scope: Scope): { series: Series; lastAt: number }[] {
  const names = new Set([
    ...scope.store.all("asyncRequests", scope.region).map(({ endpoint }) => endpoint),
    ...scope.store.all("asyncPast", scope.region).map(({ endpoint }) => endpoint),
    ...asyncEndpoints(scope),
  ]);
  const lastAt = startOf(scope.clock.now(), 60);
  return [...names].flatMap((endpoint) =>
    Object.keys(METRICS).map((name) => ({
      series: {
        region: scope.region,
        namespace: INVOCATION_NAMESPACE,
        name,
        dimensions: [["EndpointName", endpoint] as const],
      },
      lastAt,
    })),
  );
}

/**
 * A queue series in [from, to), a minute a period, computed from when each request was in the queue; undefined where
 * the series is none.
 */
export function readBacklog(
  scope: Scope,
  series: Series,
  from: number,
  to: number,
): { unit: string; cells: Cell[] } | undefined {
  const metric = Object.hasOwn(METRICS, series.name) ? METRICS[series.name] : undefined;
  const [dimension, ...more] = series.dimensions;
  if (series.namespace !== INVOCATION_NAMESPACE || metric === undefined) return undefined;
  if (dimension?.[0] !== "EndpointName" || more.length > 0) return undefined;
  const record = scope.store.get("endpoints", scope.region, keyOf(dimension[1]));
  if (record === undefined) return undefined;
  const stays = staysOf(scope, dimension[1]);
  const begins = firstService(record);
  const now = scope.clock.now();
  const last = Math.min(to, now + 1);
  const first = Math.max(startOf(Math.max(from, begins), 60), startOf(last, 60) - MOST_CELLS * MINUTE);
  const cells: Cell[] = [];
  for (let start = first; start < last; start += MINUTE) {
    // A minute is told by how it ended, the one that lasts by how it is now.
    const at = Math.min(start + MINUTE - 1, now);
    const value = isAsync(record, at) ? metric.read(queueAt(record, stays, start, at)) : undefined;
    if (value !== undefined) cells.push({ start, seconds: 60, stats: statsOf(value) });
  }
  return { unit: metric.unit, cells };
}

type Stay = { readonly from: number; readonly to: number };

function staysOf(scope: Scope, endpoint: string): Stay[] {
  const { store, region } = scope;
  const waiting = store
    .all("asyncRequests", region)
    .filter((request) => request.endpoint === endpoint)
    .map(({ acceptedAt }) => ({ from: acceptedAt, to: Number.POSITIVE_INFINITY }));
  const past = store.all("asyncPast", region).filter((stay) => stay.endpoint === endpoint);
  return [...waiting, ...past];
}

// A minute reports what there was in it: a request of seconds would fall between two looks.
function queueAt(record: EndpointRecord, stays: readonly Stay[], start: number, at: number): Queue {
  const inside = stays.filter((stay) => stay.from <= at && stay.to >= start);
  const { variants, phase } = viewEndpoint(record, at);
  const oldest = inside.reduce((age, stay) => Math.max(age, Math.min(stay.to, at) - stay.from), 0);
  return {
    size: inside.length,
    instances:
      phase.serves === undefined ? 0 : variants.reduce((sum, { currentCount }) => sum + currentCount, 0),
    oldest: oldest / 1000,
  };
}

function isAsync(record: EndpointRecord, at: number): boolean {
  const { fleet, phase } = viewEndpoint(record, at);
  return phase.serves !== undefined && fleet.config.AsyncInferenceConfig !== undefined;
}

function firstService({ phases, createdAt }: EndpointRecord): number {
  return phases.find(({ serves }) => serves !== undefined)?.at ?? createdAt;
}

function asyncEndpoints(scope: Scope): string[] {
  return scope.store
    .all("endpoints", scope.region)
    .filter(({ name, fleets }) => {
      const isMeant = fleets.some(({ config }) => config.AsyncInferenceConfig !== undefined);
      return isMeant && findEndpoint(scope, name) !== undefined;
    })
    .map(({ name }) => name);
}
