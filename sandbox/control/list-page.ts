import { createHmac, timingSafeEqual } from "node:crypto";
import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, parseJson, stringAt } from "../json.ts";

/** What a list can be sorted and filtered by; times in milliseconds. */
export type Listed = {
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly status: string;
};

const BEGINNING = ["", ""] as const;

export type Page<Item> = { items: Item[]; nextToken?: string };

/**
 * One page of a list, as AWS pages: keyed by the last row rather than counted, so that rows made or deleted
 * between two pages are neither lost nor doubled. Throws `ValidationException` for a token it did not sign
 * or that belongs to another list.
 */
export function listPage<Item extends Listed>(
  items: readonly Item[],
  input: JsonObject,
  scope: string,
  secret: string,
  emptyPages = false,
): Page<Item> {
  const sortBy = stringAt(input, "SortBy") ?? "CreationTime";
  const descending = (stringAt(input, "SortOrder") ?? "Descending").startsWith("Desc");
  const size = numberAt(input, "MaxResults") ?? 10;
  // A token is bound to the list and its filters, not to the page size, which a client may change on the way.
  const { NextToken: token, MaxResults: _size, ...filters } = input;
  const list = `${scope}\n${JSON.stringify(Object.entries(filters).toSorted())}`;
  // AWS may look through a part of a list, find nothing that was modified then, and say how to go on.
  if (emptyPages && token === undefined && filters.LastModifiedTimeAfter !== undefined) {
    return { items: [], nextToken: signToken(BEGINNING, list, secret) };
  }

  return sortedPage(
    items.filter((item) => matches(item, input)),
    {
      keyOf: (item) => [sortKey(item, sortBy), item.name],
      descending,
      size,
      token: typeof token === "string" ? token : undefined,
      list,
      secret,
    },
  );
}

type Sorting<Item> = {
  /** What orders the items, and a name that is unique among them for those that are equal in it. */
  readonly keyOf: (item: Item) => readonly [string | number, string];
  readonly descending: boolean;
  readonly size: number;
  readonly token: string | undefined;
  /** The list and its filters: a token of another list is refused. */
  readonly list: string;
  readonly secret: string;
};

/** One page of items in the order of a key, from the first one beyond the token's. */
export function sortedPage<Item>(
  items: readonly Item[],
  { keyOf, descending, size, token, list, secret }: Sorting<Item>,
): Page<Item> {
  function compare(
    left: readonly [string | number, string],
    right: readonly [string | number, string],
  ): number {
    const order = compareKeys(left[0], right[0]) || compareKeys(left[1], right[1]);
    return descending ? -order : order;
  }

  const rows = items.map((item) => ({ item, key: keyOf(item) }));
  const opened = token === undefined ? BEGINNING : openToken(token, list, secret);
  // No name is empty.
  const after = opened[1] === "" ? undefined : opened;
  const rest = after === undefined ? rows : rows.filter((row) => compare(row.key, after) > 0);
  const page = firstOf(rest, size, (left, right) => compare(left.key, right.key));
  const last = page.at(-1);
  return {
    items: page.map((row) => row.item),
    ...(rest.length > size && last !== undefined ? { nextToken: signToken(last.key, list, secret) } : {}),
  };
}

/** The first rows in order. A page is short and a list may be long: sorting all of it would cost every page the same. */
function firstOf<Row>(
  rows: readonly Row[],
  count: number,
  compare: (left: Row, right: Row) => number,
): Row[] {
  const first: Row[] = [];
  for (const row of rows) {
    const last = first.at(-1);
    if (first.length === count && last !== undefined && compare(row, last) >= 0) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const found = first[middle];
      if (found !== undefined && compare(row, found) < 0) high = middle;
      else low = middle + 1;
    }
    first.splice(low, 0, row);
    if (first.length > count) first.pop();
  }
  return first;
}

function sortKey(item: Listed, sortBy: string): string | number {
  if (sortBy === "Name") return item.name;
  return sortBy === "Status" ? item.status : item.createdAt;
}

function compareKeys(left: string | number, right: string | number): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function matches(item: Listed, input: JsonObject): boolean {
  const contains = stringAt(input, "NameContains");
  const status = stringAt(input, "StatusEquals");
  return (
    (contains === undefined || item.name.toLowerCase().includes(contains.toLowerCase())) &&
    (status === undefined || item.status === status) &&
    isBetween(item.createdAt, input, "CreationTime") &&
    isBetween(item.modifiedAt, input, "LastModifiedTime")
  );
}

function isBetween(milliseconds: number, input: JsonObject, prefix: string): boolean {
  const after = numberAt(input, `${prefix}After`);
  const before = numberAt(input, `${prefix}Before`);
  return (
    (after === undefined || milliseconds > after * 1000) &&
    (before === undefined || milliseconds < before * 1000)
  );
}

function signToken(key: readonly [string | number, string], list: string, secret: string): string {
  const body = Buffer.from(JSON.stringify({ key: key[0], name: key[1] })).toString("base64url");
  return `${body}.${signature(body, list, secret)}`;
}

function openToken(token: string, list: string, secret: string): readonly [string | number, string] {
  const [body = "", signed = ""] = token.split(".");
  const given = Buffer.from(signed);
  const expected = Buffer.from(signature(body, list, secret));
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  const parsed = genuine ? parseJson(Buffer.from(body, "base64url").toString()) : undefined;
  if (!isJsonObject(parsed)) {
    throw validationException("Invalid pagination token");
  }
  return [stringAt(parsed, "key") ?? numberAt(parsed, "key") ?? 0, stringAt(parsed, "name") ?? ""];
}

function signature(body: string, list: string, secret: string): string {
  return createHmac("sha256", secret).update(`${list}\n${body}`).digest("base64url");
}
