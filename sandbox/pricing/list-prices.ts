import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { PRODUCTS, type Product, SERVICE_CODE } from "./products.ts";

const FORMAT = "aws_v1";
const DEFAULT_PRODUCTS = 100;

/** A page of products that pass every filter, each as a JSON text of the price list. */
export function getProducts(scope: Scope, input: JsonObject): JsonObject {
  requireService(input);
  requireFormat(input);
  const filters = objectsAt(input, "Filters");
  const found = PRODUCTS.filter((product) => filters.every((filter) => passes(product, filter)));
  const page = pageOf(scope, input, found, ({ sku }) => sku, `GetProducts/${JSON.stringify(filters)}`);
  return {
    FormatVersion: FORMAT,
    PriceList: page.items.map(({ document }) => JSON.stringify(document)),
    ...page.next,
  };
}

/** The services that have prices, with the names of their products' attributes. */
export function describeServices(scope: Scope, input: JsonObject): JsonObject {
  requireFormat(input);
  if (stringAt(input, "ServiceCode") !== undefined) requireService(input);
  const services = [{ ServiceCode: SERVICE_CODE, AttributeNames: attributeNames() }];
  const page = pageOf(scope, input, services, (service) => service.ServiceCode, "DescribeServices");
  return { FormatVersion: FORMAT, Services: page.items, ...page.next };
}

/** A page of the values that an attribute has among a service's products. */
export function getAttributeValues(scope: Scope, input: JsonObject): JsonObject {
  requireService(input);
  const name = stringAt(input, "AttributeName") ?? "";
  if (!attributeNames().includes(name)) {
    throw new AwsError("NotFoundException", `The service ${SERVICE_CODE} has no attribute ${name}.`);
  }
  const values = [...new Set(PRODUCTS.flatMap(({ attributes }) => attributes[name] ?? []))];
  const page = pageOf(scope, input, values, (value) => value, `GetAttributeValues/${name}`);
  return { AttributeValues: page.items.map((Value) => ({ Value })), ...page.next };
}

function passes({ attributes }: Product, filter: JsonObject): boolean {
  const value = stringAt(filter, "Value") ?? "";
  const found = attributes[stringAt(filter, "Field") ?? ""];
  // A product without the attribute is told from nothing else, so it passes no filter but an exclusion.
  if (found === undefined) return filter.Type === "NONE_OF";
  const several = value.split(",").map((one) => one.trim());
  switch (filter.Type) {
    case "CONTAINS":
      return found.includes(value);
    case "ANY_OF":
      return several.includes(found);
    case "NONE_OF":
      return !several.includes(found);
    default:
      return found === value;
  }
}

function attributeNames(): string[] {
  return [...new Set(PRODUCTS.flatMap(({ attributes }) => Object.keys(attributes)))]
    .filter((name) => name !== "sku")
    .toSorted();
}

function requireService(input: JsonObject): void {
  const code = stringAt(input, "ServiceCode") ?? "";
  if (code !== SERVICE_CODE) {
    throw new AwsError("NotFoundException", `There are no prices of the service ${code} in this sandbox.`);
  }
}

function requireFormat(input: JsonObject): void {
  const version = stringAt(input, "FormatVersion") ?? FORMAT;
  if (version !== FORMAT) {
    throw new AwsError("InvalidParameterException", `The format version ${version} is not supported.`);
  }
}

function pageOf<Item>(
  scope: Scope,
  input: JsonObject,
  items: readonly Item[],
  keyOf: (item: Item) => string,
  list: string,
): { items: Item[]; next: JsonObject } {
  const page = keyedPage(items, {
    keyOf,
    size: numberAt(input, "MaxResults") ?? DEFAULT_PRODUCTS,
    token: stringAt(input, "NextToken"),
    list,
    secret: scope.store.secret(),
    invalid: new AwsError("InvalidNextTokenException", "The pagination token is invalid."),
  });
  return { items: page.items, next: page.nextToken === undefined ? {} : { NextToken: page.nextToken } };
}
