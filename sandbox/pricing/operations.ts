import type { JsonService, Operation } from "../services/json-rpc.ts";
import document from "../shapes/pricing.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { describeServices, getAttributeValues, getProducts } from "./list-prices.ts";

/** The price list, for hosting on SageMaker. */
export const PRICING: JsonService = {
  prefix: "AWSPriceListService",
  contentType: "application/x-amz-json-1.1",
  shapes: readShapes(document),
  operations: new Map<string, Operation>([
    ["GetProducts", getProducts],
    ["DescribeServices", describeServices],
    ["GetAttributeValues", getAttributeValues],
  ]),
};
