import { AwsError } from "../aws-error.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from "../json.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import {
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
} from "./endpoint-configs.ts";
import { createEndpoint, deleteEndpoint, listEndpoints } from "./endpoints.ts";
import { createModel, deleteModel, describeModel, listModels } from "./models.ts";
import type { Scope } from "./scope.ts";
import { addTags, deleteTags, listTags } from "./tags.ts";
import { validateInput } from "./validate-input.ts";

type Operation = (scope: Scope, input: JsonObject) => JsonObject | undefined;

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
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
]);

const DEEPEST = 32;

/**
 * Runs one control-plane call on its body's text. Answers the output, or undefined for operations without one.
 * Throws an `AwsError` for whatever AWS refuses.
 */
export function runOperation(scope: Scope, name: string, body: string): JsonObject | undefined {
  const operation = OPERATIONS.get(name);
  if (operation === undefined) {
    throw new AwsError("UnknownOperationException", `The sandbox does not know the operation ${name}.`);
  }
  const parsed = body === "" ? {} : parseJson(body);
  const input = parsed === undefined ? undefined : withoutNulls(parsed);
  if (!isJsonObject(input)) {
    throw new AwsError("SerializationException", "The request body is not a JSON object.");
  }
  // Shapes first, meaning second: AWS never mixes the two kinds of refusal in one answer.
  validateInput(name, input);
  return operation(scope, input);
}

/** Null is absence to AWS JSON, at every depth; what is nested deeper than any shape is no request of AWS's. */
function withoutNulls(value: JsonValue, depth = 0): JsonValue {
  if (depth > DEEPEST) {
    throw new AwsError("SerializationException", "The request body is nested too deeply.");
  }
  if (Array.isArray(value)) {
    return value.map((entry) => withoutNulls(entry, depth + 1));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]) =>
      entry === null ? [] : [[key, withoutNulls(entry, depth + 1)]],
    ),
  );
}
