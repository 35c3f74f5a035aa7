import type { Work } from "../background.ts";
import { findEndpoint } from "../control/find-endpoint.ts";
import { keyOf, type Scope } from "../control/scope.ts";
import { viewEndpoint } from "../control/view-endpoint.ts";
import { isJsonObject, numberAt } from "../json.ts";
import type { RuntimeParts } from "../runtime/runtime-parts.ts";
import type { AsyncRequest } from "../state/async-records.ts";
import type { Write } from "../state/store.ts";
import type { Storage } from "../storage/storage.ts";
import { type AsyncOutcome, answerAsyncRequest, expire } from "./answer-async-request.ts";
import { publishAsyncOutcome } from "./publish-async-outcome.ts";

/** What "SageMaker chooses an optimal value" is here: as many as the demonstration model answers at once. */
const CONCURRENT = 4;
/** So many finished requests of a region are kept for the queue's metrics. */
const MOST_PAST = 10_000;

type QueueSettings = {
  readonly regions: () => readonly string[];
  readonly partsOf: (region: string) => RuntimeParts;
  readonly storage: () => Storage;
  readonly log: (line: string) => void;
};

/** The queues of all asynchronous endpoints. They work off what is in the store: what a restart interrupted is asked again. */
export function createAsyncQueue({ regions, partsOf, storage, log }: QueueSettings): Work {
  const stopping = new AbortController();
  const running = new Map<string, string>();

  function tick(): boolean {
    if (stopping.signal.aborted) return false;
    return regions().filter(tickRegion).length > 0;
  }

  function tickRegion(region: string): boolean {
    const { store } = storage();
    if (store.names("asyncRequests", region).length === 0) return false;
    const parts = partsOf(region);
    const waiting = store
      .all("asyncRequests", region)
      .filter(({ id }) => !running.has(id))
      .toSorted((left, right) => left.acceptedAt - right.acceptedAt);
    for (const request of waiting) {
      const queue = `${region}/${keyOf(request.endpoint)}`;
      const busy = [...running.values()].filter((other) => other === queue).length;
      const places = placesOf(parts.scope, request.endpoint);
      if (places === undefined) forget(parts.scope, request);
      else if (parts.scope.clock.now() >= request.expiresAt) begin(parts, request, queue, "expired");
      else if (busy < places) begin(parts, request, queue, "due");
    }
    return store.names("asyncRequests", region).length > 0;
  }

  function begin(parts: RuntimeParts, request: AsyncRequest, queue: string, state: "due" | "expired"): void {
    const startedAt = parts.scope.clock.now();
    running.set(request.id, queue);
    const answering =
      state === "due"
        ? answerAsyncRequest(parts, storage(), request, stopping.signal)
        : expire(storage(), request);
    answering
      .then((outcome) => {
        // What a stop interrupted stays in the queue.
        if (outcome !== undefined && !stopping.signal.aborted)
          finish(parts.scope, request, startedAt, outcome);
      })
      .catch((error: unknown) => {
        log(`sandbox: defect: ${error instanceof Error ? error.stack : String(error)}`);
        if (!stopping.signal.aborted) forget(parts.scope, request);
      })
      .finally(() => {
        running.delete(request.id);
        tick();
      });
  }

  function finish(scope: Scope, request: AsyncRequest, startedAt: number, outcome: AsyncOutcome): void {
    publishAsyncOutcome(scope, request, startedAt, outcome);
    if (outcome.failedBy !== null) {
      log(
        `${scope.region}/${request.endpoint}: asynchronous request ${request.inferenceId} failed: ${outcome.message}`,
      );
    }
    forget(scope, request);
  }

  function forget(scope: Scope, { id, endpoint, acceptedAt }: AsyncRequest): void {
    const { store, region } = scope;
    const past = { endpoint, from: acceptedAt, to: scope.clock.now() };
    const kept = store.names("asyncPast", region);
    const oldest: Write[] = kept
      .slice(0, Math.max(0, kept.length + 1 - MOST_PAST))
      .map((key) => ({ table: "asyncPast", region, key, value: null }));
    store.commit([
      { table: "asyncRequests", region, key: id, value: null },
      { table: "asyncPast", region, key: id, value: past },
      ...oldest,
    ]);
  }

  return { tick, stop: () => stopping.abort() };
}

/** How many requests an endpoint's machines take at once; undefined where the endpoint is gone. */
function placesOf(scope: Scope, name: string): number | undefined {
  const endpoint = findEndpoint(scope, name);
  if (endpoint === undefined) return undefined;
  const { phase, fleet, variants } = viewEndpoint(endpoint, scope.clock.now());
  if (phase.serves === undefined) return 0;
  const { AsyncInferenceConfig: config } = fleet.config;
  const client = isJsonObject(config) ? config.ClientConfig : undefined;
  const most = isJsonObject(client) ? numberAt(client, "MaxConcurrentInvocationsPerInstance") : undefined;
  return variants.reduce((sum, { currentCount }) => sum + currentCount, 0) * (most ?? CONCURRENT);
}
