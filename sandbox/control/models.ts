import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, objectsAt, stringAt } from "../json.ts";
import type { ModelRecord } from "../state/records.ts";
import { arnOf } from "./arns.ts";
import { listPage } from "./list-page.ts";
import { listedModels } from "./listed-resources.ts";
import { requireTrust } from "./require-trust.ts";
import { epochSeconds, keyOf, type Scope } from "./scope.ts";
import { initialTags, tagWrite } from "./tags.ts";

/** Creates a model; answers its ARN. Refuses a name that exists and a model without a container. */
export function createModel(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "ModelName") ?? "";
  const arn = arnOf("model", scope.region, name);
  const taken = scope.store.get("models", scope.region, keyOf(name));
  if (taken !== undefined) {
    throw validationException(`Cannot create already existing model "${taken.arn}".`);
  }
  const containers = containersOf(input);
  if (containers.length === 0) {
    throw validationException("Either PrimaryContainer or Containers must be specified to create a model.");
  }
  if (containers.some((container) => !stringAt(container, "Image"))) {
    throw validationException("Either Image or ModelPackageName must be specified for a container.");
  }
  requireTrust(scope, input);
  // Tags live under the ARN: Describe does not repeat them.
  const { Tags: _tags, ...rest } = input;
  const record: ModelRecord = { name, arn, createdAt: scope.clock.now(), input: rest };
  scope.store.commit([
    { table: "models", region: scope.region, key: keyOf(name), value: record },
    tagWrite(scope, arn, initialTags(input)),
  ]);
  return { ModelArn: arn };
}

/** A model as it was created. */
export function describeModel(scope: Scope, input: JsonObject): JsonObject {
  const model = requireModel(scope, stringAt(input, "ModelName") ?? "");
  return {
    EnableNetworkIsolation: false,
    ...model.input,
    ModelArn: model.arn,
    CreationTime: epochSeconds(model.createdAt),
  };
}

/** A page of models, newest first unless asked otherwise. */
export function listModels(scope: Scope, input: JsonObject): JsonObject {
  const page = listPage(
    {
      name: `ListModels/${scope.region}`,
      inOrder: listedModels(scope),
      secret: scope.store.secret(),
      emptyPages: scope.switches.emptyPages,
    },
    input,
  );
  return {
    Models: page.items.map((model) => ({
      ModelName: model.name,
      ModelArn: model.arn,
      CreationTime: epochSeconds(model.createdAt),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Deletes a model, also one that an endpoint uses: AWS allows that. */
export function deleteModel(scope: Scope, input: JsonObject): undefined {
  const model = requireModel(scope, stringAt(input, "ModelName") ?? "");
  scope.store.commit([
    { table: "models", region: scope.region, key: keyOf(model.name), value: null },
    tagWrite(scope, model.arn, null),
  ]);
}

/** The model with this name; throws AWS's "Could not find model". */
export function requireModel(scope: Scope, name: string): ModelRecord {
  const model = scope.store.get("models", scope.region, keyOf(name));
  if (model === undefined) {
    throw validationException(`Could not find model "${arnOf("model", scope.region, name)}".`);
  }
  return model;
}

/** The containers of a model, the primary one first. */
export function containersOf(input: JsonObject): JsonObject[] {
  const primary = input.PrimaryContainer;
  return isJsonObject(primary) ? [primary] : objectsAt(input, "Containers");
}
