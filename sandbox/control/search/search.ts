import { validationException } from "../../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, stringAt } from "../../json.ts";
import type { Scope } from "../scope.ts";
import { comparePlaces, sortedPage } from "../sorted-page.ts";
import { readExpression } from "./expression.ts";
import { type Property, propertyOf, type Searched, valuesAt } from "./property.ts";
import { endpointRecords, modelRecords, type SearchRow } from "./records.ts";

const DEFAULT_SIZE = 10;
const DEFAULT_SORT: Readonly<Record<Searched, string>> = {
  Endpoint: "LastModifiedTime",
  Model: "Model.CreationTime",
};

/** A page of the endpoints or models that an expression finds, with the number of all of them. */
export function search(scope: Scope, input: JsonObject): JsonObject {
  const resource = stringAt(input, "Resource") ?? "";
  if (input.VisibilityConditions !== undefined) {
    throw validationException(`VisibilityConditions is not supported for the resource ${resource}.`);
  }
  if (resource !== "Endpoint" && resource !== "Model") {
    // The kinds that a sandbox has none of.
    return { Results: [], TotalHits: { Value: 0, Relation: "EqualTo" } };
  }
  const test = readExpression(
    resource,
    isJsonObject(input.SearchExpression) ? input.SearchExpression : undefined,
  );
  const sort = propertyOf(resource, stringAt(input, "SortBy") ?? DEFAULT_SORT[resource]);
  const rows = input.CrossAccountFilterOption === "CrossAccount" ? [] : recordsOf(scope, resource);
  const found = rows.filter(({ searched }) => test(searched));
  const { NextToken: token, MaxResults: _size, ...filters } = input;
  const placed = found.map((row) => ({ row, place: [sortKey(row.searched, sort), row.name] as const }));
  placed.sort((left, right) => comparePlaces(left.place, right.place));
  const page = sortedPage(placed, {
    placeOf: ({ place }) => place,
    isWanted: () => true,
    descending: (stringAt(input, "SortOrder") ?? "Descending") === "Descending",
    size: numberAt(input, "MaxResults") ?? DEFAULT_SIZE,
    token: typeof token === "string" ? token : undefined,
    list: `Search/${scope.region}\n${JSON.stringify(filters)}`,
    secret: scope.store.secret(),
  });
  return {
    Results: page.items.map(({ row }) => ({ [resource]: row.record })),
    TotalHits: { Value: found.length, Relation: "EqualTo" },
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function recordsOf(scope: Scope, resource: Searched): SearchRow[] {
  return resource === "Endpoint" ? endpointRecords(scope) : modelRecords(scope);
}

function sortKey(searched: JsonObject, { path, kind }: Property): string | number {
  const [value] = valuesAt(searched, path);
  if (kind === "number" || kind === "timestamp") return typeof value === "number" ? value : 0;
  return value === undefined ? "" : String(value);
}
