import "server-only";
import { paginateSearch, type SearchCommandInput } from "@aws-sdk/client-sagemaker";
import type { EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { EXPIRY_KEY, readExpiry } from "#lib/endpoint/expiry.ts";
import { type Result, succeed } from "#lib/failure.ts";
import { sagemaker } from "./clients.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { type SharedReads, shareReads } from "./share-reads.ts";

const PAGE_SIZE = 100;
const MAX_PAGES = 10;
/** Search sees a new tag after a while itself: asking more often would show nothing more. */
const FRESH_MS = 60_000;

declare global {
  /** One reading per process, however many bundles this module is part of. */
  var sagescopeExpiries: SharedReads<ReadonlyMap<string, number>> | undefined;
}

/**
 * When each endpoint was meant to be gone (epoch ms), by its name: one call for all of them, once a minute, since a
 * list of endpoints carries no tags. Empty where `sagemaker:Search` is not allowed: a reminder is no reason to fail.
 */
async function searchExpiries(): Promise<ReadonlyMap<string, number>> {
  globalThis.sagescopeExpiries ??= shareReads({
    read: askForExpiries,
    freshFor: () => FRESH_MS,
    now: Date.now,
    random: Math.random,
  });
  const reading = await globalThis.sagescopeExpiries.get();
  return reading.ok ? reading.value.value : new Map();
}

/** `listEndpoints`, each with when it was meant to be gone, where its tags say so. */
export async function listWithExpiries(): Promise<Result<EndpointSummary[]>> {
  const [list, expiries] = await Promise.all([listEndpoints(), searchExpiries()]);
  if (!list.ok) return list;
  return succeed(
    list.value.map((endpoint) => {
      const expiresAt = expiries.get(endpoint.name);
      return expiresAt === undefined ? endpoint : { ...endpoint, expiresAt };
    }),
  );
}

async function askForExpiries(): Promise<Result<ReadonlyMap<string, number>>> {
  const found = new Map<string, number>();
  try {
    const asked: SearchCommandInput = {
      Resource: "Endpoint",
      SearchExpression: { Filters: [{ Name: `Tags.${EXPIRY_KEY}`, Operator: "Exists" }] },
    };
    let pages = 0;
    for await (const page of paginateSearch({ client: sagemaker(), pageSize: PAGE_SIZE }, asked)) {
      for (const { Endpoint } of page.Results ?? []) {
        const tags = (Endpoint?.Tags ?? []).map(({ Key = "", Value = "" }) => ({ key: Key, value: Value }));
        const expiresAt = readExpiry(tags);
        if (Endpoint?.EndpointName && expiresAt !== null) found.set(Endpoint.EndpointName, expiresAt);
      }
      pages += 1;
      if (pages === MAX_PAGES) break;
    }
    return succeed(found);
  } catch {
    return succeed(found); // Asked again in a minute, like everything else.
  }
}
