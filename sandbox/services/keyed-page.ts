import { createHmac, timingSafeEqual } from "node:crypto";
import type { AwsError } from "../aws-error.ts";

type Paging<Item> = {
  /** What orders the items; unique among them. */
  readonly keyOf: (item: Item) => string;
  readonly size: number;
  readonly token: string | undefined;
  /** The list and its filters: a token of another list is refused. */
  readonly list: string;
  readonly secret: string;
  /** What the service says to a token it did not sign. */
  readonly invalid: AwsError;
};

const MAC_BYTES = 16;

/**
 * One page of items in ascending order of their keys, from the first key after the token's: items that come and
 * go between two pages are neither lost nor doubled. Tokens are plain base64, the strictest form a service asks for.
 */
export function keyedPage<Item>(
  items: readonly Item[],
  { keyOf, size, token, list, secret, invalid }: Paging<Item>,
): { items: Item[]; nextToken?: string } {
  const after = token === undefined ? undefined : openToken(token, list, secret);
  if (token !== undefined && after === undefined) throw invalid;
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .toSorted((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(rest.length > size && last !== undefined ? { nextToken: signToken(last.key, list, secret) } : {}),
  };
}

function signToken(key: string, list: string, secret: string): string {
  return Buffer.concat([signature(key, list, secret), Buffer.from(key)]).toString("base64");
}

function openToken(token: string, list: string, secret: string): string | undefined {
  const bytes = Buffer.from(token, "base64");
  const key = bytes.subarray(MAC_BYTES).toString();
  const expected = signature(key, list, secret);
  const given = bytes.subarray(0, MAC_BYTES);
  return given.length === MAC_BYTES && timingSafeEqual(given, expected) ? key : undefined;
}

function signature(key: string, list: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(`${list}\n${key}`).digest().subarray(0, MAC_BYTES);
}
