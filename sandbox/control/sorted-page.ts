import { openToken, type Place, signToken } from "./page-token.ts";

export type Page<Item> = { items: Item[]; nextToken?: string };

type Asked<Item> = {
  readonly placeOf: (item: Item) => Place;
  readonly isWanted: (item: Item) => boolean;
  readonly descending: boolean;
  readonly size: number;
  readonly token: string | undefined;
  /** The list and its filters: a token of another list is refused. */
  readonly list: string;
  readonly secret: string;
};

// No name is empty: this stands before all others.
const BEGINNING: Place = ["", ""];

/** The token of a page on which nothing was found yet. */
export function tokenOfBeginning(list: string, secret: string): string {
  return signToken(BEGINNING, list, secret);
}

/**
 * One page of items that ascend by their places, as AWS pages: keyed by the last row rather than counted, so that rows
 * made or deleted between two pages are neither lost nor doubled. It looks at its own rows and, where not all are
 * wanted, at those in between: a page far behind costs what the first one does.
 */
export function sortedPage<Item>(ascending: readonly Item[], asked: Asked<Item>): Page<Item> {
  const { placeOf, isWanted, descending, size, token, list, secret } = asked;
  const opened = token === undefined ? BEGINNING : openToken(token, list, secret);
  const after = opened[1] === "" ? undefined : opened;
  const step = descending ? -1 : 1;
  const items: Item[] = [];
  for (let at = startOf(ascending, placeOf, after, descending); ; at += step) {
    const item = ascending[at];
    if (item === undefined) return { items };
    if (!isWanted(item)) continue;
    const last = items.at(-1);
    if (items.length === size && last !== undefined) {
      return { items, nextToken: signToken(placeOf(last), list, secret) };
    }
    items.push(item);
  }
}

function startOf<Item>(
  ascending: readonly Item[],
  placeOf: (item: Item) => Place,
  after: Place | undefined,
  descending: boolean,
): number {
  if (after === undefined) return descending ? ascending.length - 1 : 0;
  return descending
    ? firstWhere(ascending, (item) => comparePlaces(placeOf(item), after) >= 0) - 1
    : firstWhere(ascending, (item) => comparePlaces(placeOf(item), after) > 0);
}

/** The index of the first item for which a test holds that holds for all after it too; the length where there is none. */
export function firstWhere<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && test(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Which of two places comes first: negative for the left one. */
export function comparePlaces(left: Place, right: Place): number {
  return compareKeys(left[0], right[0]) || compareKeys(left[1], right[1]);
}

function compareKeys(left: string | number, right: string | number): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
