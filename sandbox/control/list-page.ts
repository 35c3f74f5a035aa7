import { type JsonObject, numberAt, stringAt } from "../json.ts";
import type { Place } from "./page-token.ts";
import { comparePlaces, type Page, sortedPage, tokenOfBeginning } from "./sorted-page.ts";

/** What a list can be sorted and filtered by; times in milliseconds. */
export type Listed = {
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly status: string;
};

export type SortBy = "CreationTime" | "Name" | "Status";

/** The items of a list in ascending order. */
export type InOrder<Item> = (sortBy: SortBy) => readonly Item[];

/** What is listed. */
export type Listing<Item> = {
  /** The operation and the region. */
  readonly name: string;
  readonly inOrder: InOrder<Item>;
  readonly secret: string;
  readonly emptyPages?: boolean;
  /** Filters of this list alone. */
  readonly isAmong?: (item: Item) => boolean;
};

/**
 * One page of a list, sorted and filtered as the input asks. Throws `ValidationException` for a token that belongs to
 * another list.
 */
export function listPage<Item extends Listed>(
  { name, inOrder, secret, emptyPages = false, isAmong = () => true }: Listing<Item>,
  input: JsonObject,
): Page<Item> {
  const sortBy = sortByOf(input);
  // A token is bound to the list and its filters, not to the page size, which a client may change on the way.
  const { NextToken: token, MaxResults: _size, ...filters } = input;
  const list = `${name}\n${JSON.stringify(Object.entries(filters).toSorted())}`;
  // AWS may look through a part of a list, find nothing that was modified then, and say how to go on.
  if (emptyPages && token === undefined && filters.LastModifiedTimeAfter !== undefined) {
    return { items: [], nextToken: tokenOfBeginning(list, secret) };
  }
  const isWanted = filterOf(input);
  return sortedPage(inOrder(sortBy), {
    placeOf: (item) => placeIn(sortBy, item),
    isWanted: (item) => isWanted(item) && isAmong(item),
    descending: (stringAt(input, "SortOrder") ?? "Descending").startsWith("Desc"),
    size: numberAt(input, "MaxResults") ?? 10,
    token: typeof token === "string" ? token : undefined,
    list,
    secret,
  });
}

/** A list that is short enough to be sorted whenever it is asked for. */
export function shortList<Item extends Listed>(items: readonly Item[]): InOrder<Item> {
  return (sortBy) =>
    items.toSorted((left, right) => comparePlaces(placeIn(sortBy, left), placeIn(sortBy, right)));
}

/** Where an item stands in one of the orders. */
export function placeIn(sortBy: SortBy, item: Listed): Place {
  if (sortBy === "Name") return [item.name, item.name];
  return [sortBy === "Status" ? item.status : item.createdAt, item.name];
}

function sortByOf(input: JsonObject): SortBy {
  const { SortBy: asked } = input;
  return asked === "Name" || asked === "Status" ? asked : "CreationTime";
}

function filterOf(input: JsonObject): (item: Listed) => boolean {
  const contains = stringAt(input, "NameContains")?.toLowerCase();
  const status = stringAt(input, "StatusEquals");
  const isCreatedThen = betweenOf(input, "CreationTime");
  const isModifiedThen = betweenOf(input, "LastModifiedTime");
  return (item) =>
    (status === undefined || item.status === status) &&
    (contains === undefined || item.name.toLowerCase().includes(contains)) &&
    isCreatedThen(item.createdAt) &&
    isModifiedThen(item.modifiedAt);
}

function betweenOf(input: JsonObject, prefix: string): (milliseconds: number) => boolean {
  const after = numberAt(input, `${prefix}After`) ?? Number.NEGATIVE_INFINITY;
  const before = numberAt(input, `${prefix}Before`) ?? Number.POSITIVE_INFINITY;
  return (milliseconds) => milliseconds > after * 1000 && milliseconds < before * 1000;
}
