import { JOB_OPERATIONS } from "../jobs/operations.ts";
import type { JsonService, Operation } from "../services/json-rpc.ts";
import instanceTypes from "../shapes/instance-types.json" with { type: "json" };
import document from "../shapes/sagemaker.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import {
  deleteInferenceComponent,
  updateInferenceComponent,
  updateInferenceComponentRuntimeConfig,
} from "./components/change-component.ts";
import { createInferenceComponent } from "./components/create-component.ts";
import { describeInferenceComponent, listInferenceComponents } from "./components/describe-component.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import {
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
} from "./endpoint-configs.ts";
import { createEndpoint, deleteEndpoint, listEndpoints } from "./endpoints.ts";
import { createModel, deleteModel, describeModel, listModels } from "./models.ts";
import { search } from "./search/search.ts";
import { addTags, deleteTags, listTags } from "./tags.ts";
import { updateEndpointWeightsAndCapacities } from "./update-capacity.ts";
import { updateEndpoint } from "./update-endpoint.ts";

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
    ["UpdateEndpoint", updateEndpoint],
    ["UpdateEndpointWeightsAndCapacities", updateEndpointWeightsAndCapacities],
    ["DeleteEndpoint", deleteEndpoint],
    ["CreateInferenceComponent", createInferenceComponent],
    ["DescribeInferenceComponent", describeInferenceComponent],
    ["ListInferenceComponents", listInferenceComponents],
    ["UpdateInferenceComponent", updateInferenceComponent],
    ["UpdateInferenceComponentRuntimeConfig", updateInferenceComponentRuntimeConfig],
    ["DeleteInferenceComponent", deleteInferenceComponent],
    ["AddTags", addTags],
    ["ListTags", listTags],
    ["DeleteTags", deleteTags],
    ["Search", search],
    ...JOB_OPERATIONS,
  ]),
};
