import type { ComponentRecord, EndpointRecord, ModelRecord } from "../state/records.ts";
import type { Store, TableName } from "../state/store.ts";
import { type KeptRows, keepRows, type Row } from "./kept-rows.ts";
import type { InOrder } from "./list-page.ts";
import type { Scope } from "./scope.ts";
import { phaseAt } from "./timeline.ts";

/** A resource as lists show it. */
type ResourceRow = Row & { readonly arn: string };

/** The models of a region. */
export const listedModels = listing("models", (store, region, key) =>
  unchanging(store.get("models", region, key)),
);

/** The endpoint configurations of a region. */
export const listedConfigs = listing("configs", (store, region, key) =>
  unchanging(store.get("configs", region, key)),
);

/** The endpoints of a region that exist now. */
export const listedEndpoints = listing("endpoints", (store, region, key, now) =>
  living(store.get("endpoints", region, key), now),
);

/** The inference components of a region that exist now. */
export const listedComponents = listing("components", (store, region, key, now) => {
  const component = store.get("components", region, key);
  const row = living(component, now);
  return component === undefined || row === undefined ? undefined : { ...row, component };
});

/** A table whose rows are kept in order from the first time that somebody lists them. */
function listing<Kept extends Row>(
  table: TableName,
  read: (store: Store, region: string, key: string, now: number) => Kept | undefined,
): (scope: Scope) => InOrder<Kept> {
  const stores = new WeakMap<Store, Map<string, KeptRows<Kept>>>();
  return ({ store, region, clock }) => {
    const regions = stores.get(store) ?? new Map<string, KeptRows<Kept>>();
    stores.set(store, regions);
    let rows = regions.get(region);
    if (rows === undefined) {
      rows = keepRows(
        () => store.names(table, region),
        (key, now) => read(store, region, key, now),
      );
      regions.set(region, rows);
      store.onWrite(table, region, rows.heed);
    }
    const kept = rows;
    return (sortBy) => kept.inOrder(sortBy, clock.now());
  };
}

function unchanging(record: ModelRecord | undefined): ResourceRow | undefined {
  if (record === undefined) return undefined;
  const { name, arn, createdAt } = record;
  return { name, arn, createdAt, modifiedAt: createdAt, status: "", until: Number.POSITIVE_INFINITY };
}

function living(record: EndpointRecord | ComponentRecord | undefined, now: number): ResourceRow | undefined {
  if (record === undefined) return undefined;
  const { name, arn, createdAt, phases } = record;
  const phase = phaseAt<(typeof phases)[number]>(phases, now);
  if (phase.status === "Gone") return undefined;
  const next = phases.find(({ at }) => at > now)?.at ?? Number.POSITIVE_INFINITY;
  // A transition counts as a modification, though nobody wrote at that moment.
  const modifiedAt = Math.max(record.modifiedAt, phase.at);
  return { name, arn, createdAt, modifiedAt, status: phase.status, until: next };
}
