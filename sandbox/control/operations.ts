import type { JsonService, Operation } from "../services/json-service.ts";
import instanceTypes from "../shapes/instance-types.json" with { type: "json" };
import document from "../shapes/sagemaker.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import {
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
} from "./endpoint-configs.ts";
import { createEndpoint, deleteEndpoint, listEndpoints } from "./endpoints.ts";
import { createModel, deleteModel, describeModel, listModels } from "./models.ts";
import { addTags, deleteTags, listTags } from "./tags.ts";

/** SageMaker's control plane. */
export const SAGEMAKER: JsonService = {
  prefix: "SageMaker",
  contentType: "application/x-amz-json-1.1",
  shapes: readShapes(document, { ProductionVariantInstanceType: instanceTypes }),
  operations: new Map<string, Operation>([
    ["CreateModel", createModel],
    ["DescribeModel", describeModel],
    ["ListModels", listModels],
    ["DeleteModel", deleteModel],
    ["CreateEndpointConfig", createEndpointConfig],
    ["DescribeEndpointConfig", describeEndpointConfig],
    ["ListEndpointConfigs", listEndpointConfigs],
    ["DeleteEndpointConfig", deleteEndpointConfig],
    ["CreateEndpoint", createEndpoint],
    ["DescribeEndpoint", describeEndpoint],
    ["ListEndpoints", listEndpoints],
    ["DeleteEndpoint", deleteEndpoint],
    ["AddTags", addTags],
    ["ListTags", listTags],
    ["DeleteTags", deleteTags],
  ]),
};
