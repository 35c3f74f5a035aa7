import "server-only";
import type { EndpointDetail, EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { isTransitional } from "#lib/endpoint/status.ts";
import { recordStatus, type StatusHistory } from "#lib/endpoint/status-history.ts";
import { fail, type Result } from "#lib/failure.ts";
import { type DescribedEndpoint, describeEndpoint } from "./describe-endpoint.ts";
import { listWithExpiries } from "./list-with-expiries.ts";
import { type Reading, type SharedReads, shareReads } from "./share-reads.ts";

/** DescribeEndpoint every 5 s from one canary was throttled (sagemaker-python-sdk#1204): ask less as it ages. */
const SHORTEST_MS = 2_000;
const LONGEST_MS = 15_000;
const SETTLED_MS = 30_000;
const MAX_WATCHED = 500;

export type EndpointWatch = {
  list: () => Promise<Result<Reading<EndpointSummary[]>>>;
  describe: (name: string) => Promise<Result<Reading<DescribedEndpoint>>>;
  history: (name: string) => EndpointDetail["history"];
  /** Call after each write of ours, so that the next look shows it. */
  invalidate: () => void;
};

/**
 * Everything this server asks AWS about endpoints, asked once for all viewers, and the status changes it saw.
 * While something changes, an answer serves for 2 s, growing to 15 s with the age of the change (a tenth of
 * it); settled, for 30 s.
 */
export function createEndpointWatch({
  list,
  readDetail,
  now,
  random,
}: {
  list: () => Promise<Result<EndpointSummary[]>>;
  readDetail: (name: string) => Promise<Result<DescribedEndpoint>>;
  now: () => number;
  random: () => number;
}): EndpointWatch {
  let history: StatusHistory = new Map();
  const details = new Map<string, SharedReads<DescribedEndpoint>>();

  function observe(endpoints: EndpointSummary[]): void {
    for (const endpoint of endpoints) history = recordStatus(history, endpoint, now());
  }

  function freshFor(endpoints: EndpointSummary[], at: number): number {
    const windows = endpoints
      .filter((endpoint) => isTransitional(endpoint.status))
      .map((endpoint) => {
        const since = history.get(endpoint.name)?.changes.at(-1)?.at ?? at;
        return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (at - since) / 10));
      });
    return Math.min(SETTLED_MS, ...windows);
  }

  const shared = shareReads({
    read: async () => {
      const result = await list();
      if (result.ok) observe(result.value);
      return result;
    },
    freshFor,
    now,
    random,
  });

  function detailReads(name: string): SharedReads<DescribedEndpoint> {
    const known = details.get(name);
    if (known) return known;
    const reads = shareReads({
      read: async () => {
        const result = await readDetail(name);
        if (result.ok) observe([result.value.endpoint]);
        return result;
      },
      freshFor: (described: DescribedEndpoint, at) => freshFor([described.endpoint], at),
      now,
      random,
    });
    details.set(name, reads);
    const oldest = details.keys().next();
    if (details.size > MAX_WATCHED && !oldest.done) details.delete(oldest.value);
    return reads;
  }

  return {
    list: shared.get,
    async describe(name) {
      const read = await detailReads(name).get();
      // An endpoint AWS no longer knows is gone, whatever was read before.
      return read.ok && read.value.failure?.code === "not-found" ? fail(read.value.failure) : read;
    },
    history: (name) => history.get(name)?.changes ?? [],
    invalidate() {
      globalThis.sagescopeExpiries?.invalidate();
      shared.invalidate();
      for (const reads of details.values()) reads.invalidate();
    },
  };
}

declare global {
  /** One watch per process: routes, actions and pages are bundled apart and must not each poll for themselves. */
  var sagescopeEndpointWatch: EndpointWatch | undefined;
}

export function endpointWatch(): EndpointWatch {
  globalThis.sagescopeEndpointWatch ??= createEndpointWatch({
    list: listWithExpiries,
    readDetail: describeEndpoint,
    now: Date.now,
    random: Math.random,
  });
  return globalThis.sagescopeEndpointWatch;
}
