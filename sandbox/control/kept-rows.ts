import { type Listed, placeIn, type SortBy } from "./list-page.ts";
import { comparePlaces, firstWhere } from "./sorted-page.ts";

/** A row of a list as it is until a moment (milliseconds); infinite where nothing is planned. */
export type Row = Listed & { readonly until: number };

/** The rows of a list, kept in every order that it can be asked in. */
export type KeptRows<Kept> = {
  /** Says that what stands under a key was written or deleted. */
  heed(key: string): void;
  /** The rows at a moment (milliseconds), ascending. */
  inOrder(sortBy: SortBy, now: number): readonly Kept[];
};

// One new row is put in its place; where so large a part is new, sorting all is quicker.
const MANY = 1 / 16;

/**
 * Keeps rows sorted: whoever asks pays for what changed since, not for the list. `read` answers the row under a key at
 * a moment, or undefined where there is none.
 */
export function keepRows<Kept extends Row>(
  keys: () => readonly string[],
  read: (key: string, now: number) => Kept | undefined,
): KeptRows<Kept> {
  const rows = new Map<string, Kept>();
  const orders: Record<SortBy, Kept[]> = { CreationTime: [], Name: [], Status: [] };
  /** The rows that will look different by themselves, and when. */
  const moving = new Map<string, number>();
  const stale = new Set(keys());
  let seenAt = Number.NEGATIVE_INFINITY;

  function bringTo(now: number): void {
    for (const [key, until] of moving) if (until <= now) stale.add(key);
    // Wall clocks are set back at times.
    if (now < seenAt) for (const key of keys()) stale.add(key);
    seenAt = now;
    if (stale.size === 0) return;
    const isMany = stale.size > rows.size * MANY;
    for (const key of stale) {
      const before = rows.get(key);
      const row = read(key, now);
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
      if (row === undefined || row.until === Number.POSITIVE_INFINITY) moving.delete(key);
      else moving.set(key, row.until);
      if (!isMany) for (const sortBy of SORT_BYS) replace(orders[sortBy], sortBy, before, row);
    }
    stale.clear();
    if (isMany) for (const sortBy of SORT_BYS) orders[sortBy] = sorted([...rows.values()], sortBy);
  }

  return {
    heed: (key) => void stale.add(key),
    inOrder(sortBy, now) {
      bringTo(now);
      return orders[sortBy];
    },
  };
}

const SORT_BYS = ["CreationTime", "Name", "Status"] as const;

function sorted<Kept extends Row>(rows: Kept[], sortBy: SortBy): Kept[] {
  return rows.sort((left, right) => comparePlaces(placeIn(sortBy, left), placeIn(sortBy, right)));
}

function replace<Kept extends Row>(
  order: Kept[],
  sortBy: SortBy,
  before: Kept | undefined,
  after: Kept | undefined,
): void {
  if (before !== undefined) order.splice(indexOf(order, sortBy, before), 1);
  if (after !== undefined) order.splice(indexOf(order, sortBy, after), 0, after);
}

function indexOf<Kept extends Row>(order: readonly Kept[], sortBy: SortBy, row: Kept): number {
  const place = placeIn(sortBy, row);
  return firstWhere(order, (other) => comparePlaces(placeIn(sortBy, other), place) >= 0);
}
