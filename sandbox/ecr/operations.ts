import type { JsonService, Operation } from "../services/json-rpc.ts";
import document from "../shapes/ecr.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { batchGetImage } from "./batch-get-image.ts";

/** The Elastic Container Registry, as far as it is asked whether an image is there. */
export const ECR: JsonService = {
  prefix: "AmazonEC2ContainerRegistry_V20150921",
  contentType: "application/x-amz-json-1.1",
  shapes: readShapes(document),
  breach: "InvalidParameterException",
  operations: new Map<string, Operation>([["BatchGetImage", batchGetImage]]),
};
