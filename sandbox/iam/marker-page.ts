import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { invalidInput } from "./refusals.ts";

const DEFAULT_ITEMS = 100;

/** One page as IAM pages: `MaxItems` and `Marker` in, `IsTruncated` and the next marker out. */
export function markerPage<Item>(
  scope: Scope,
  input: JsonObject,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  list: string,
): { items: Item[]; end: JsonObject } {
  const page = keyedPage(items, {
    keyOf,
    size: numberAt(input, "MaxItems") ?? DEFAULT_ITEMS,
    token: stringAt(input, "Marker"),
    list,
    secret: scope.store.secret(),
    invalid: invalidInput("Invalid marker."),
  });
  return {
    items: page.items,
    end: {
      IsTruncated: page.nextToken !== undefined,
      ...(page.nextToken === undefined ? {} : { Marker: page.nextToken }),
    },
  };
}
