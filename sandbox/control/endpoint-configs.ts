import { validationException } from "../aws-error.ts";
import { type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { ConfigRecord } from "../state/records.ts";
import { arnOf } from "./arns.ts";
import { listPage } from "./list-page.ts";
import { requireModel } from "./models.ts";
import { epochSeconds, keyOf, type Scope } from "./scope.ts";
import { initialTags, tagWrite } from "./tags.ts";

// AWS takes these; the sandbox says so plainly instead of taking them and doing nothing.
const NOT_EMULATED = [
  "ShadowProductionVariants",
  "AsyncInferenceConfig",
  "DataCaptureConfig",
  "ExplainerConfig",
];
const NOT_EMULATED_IN_VARIANTS = ["ServerlessConfig", "InstancePools", "ManagedInstanceScaling"];

/** Creates an endpoint configuration; answers its ARN. Every variant needs a model that exists now. */
export function createEndpointConfig(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "EndpointConfigName") ?? "";
  const arn = arnOf("endpoint-config", scope.region, name);
  const taken = scope.store.get("configs", scope.region, keyOf(name));
  if (taken !== undefined) {
    throw validationException(`Cannot create already existing endpoint configuration "${taken.arn}".`);
  }
  refuseNotEmulated(input);
  const variants = objectsAt(input, "ProductionVariants");
  for (const [index, variant] of variants.entries()) {
    checkVariant(scope, variant, variants.slice(0, index));
  }
  const { Tags: _tags, ...rest } = input;
  const record: ConfigRecord = {
    name,
    arn,
    createdAt: scope.clock.now(),
    input: {
      ...rest,
      // AWS fills the weight in, and Describe repeats it.
      ProductionVariants: variants.map((variant) => ({ InitialVariantWeight: 1, ...variant })),
    },
  };
  scope.store.commit([
    { table: "configs", region: scope.region, key: keyOf(name), value: record },
    tagWrite(scope, arn, initialTags(input)),
  ]);
  return { EndpointConfigArn: arn };
}

/** A configuration as it was created. */
export function describeEndpointConfig(scope: Scope, input: JsonObject): JsonObject {
  const config = requireConfig(scope, stringAt(input, "EndpointConfigName") ?? "");
  return {
    EnableNetworkIsolation: false,
    ...config.input,
    EndpointConfigArn: config.arn,
    CreationTime: epochSeconds(config.createdAt),
  };
}

/** A page of configurations, newest first unless asked otherwise. */
export function listEndpointConfigs(scope: Scope, input: JsonObject): JsonObject {
  const configs = scope.store
    .all("configs", scope.region)
    .map((config) => ({ ...config, modifiedAt: config.createdAt, status: "" }));
  const page = listPage(configs, input, `ListEndpointConfigs/${scope.region}`, scope.store.secret());
  return {
    EndpointConfigs: page.items.map((config) => ({
      EndpointConfigName: config.name,
      EndpointConfigArn: config.arn,
      CreationTime: epochSeconds(config.createdAt),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Deletes a configuration, also one that an endpoint uses: AWS allows that. */
export function deleteEndpointConfig(scope: Scope, input: JsonObject): undefined {
  const config = requireConfig(scope, stringAt(input, "EndpointConfigName") ?? "");
  scope.store.commit([
    { table: "configs", region: scope.region, key: keyOf(config.name), value: null },
    tagWrite(scope, config.arn, null),
  ]);
}

/** The configuration with this name; throws AWS's "Could not find endpoint configuration". */
export function requireConfig(scope: Scope, name: string): ConfigRecord {
  const config = scope.store.get("configs", scope.region, keyOf(name));
  if (config === undefined) {
    const arn = arnOf("endpoint-config", scope.region, name);
    throw validationException(`Could not find endpoint configuration "${arn}".`);
  }
  return config;
}

function refuseNotEmulated(input: JsonObject): void {
  const asked = [
    ...NOT_EMULATED.filter((member) => input[member] !== undefined),
    ...NOT_EMULATED_IN_VARIANTS.filter((member) =>
      objectsAt(input, "ProductionVariants").some((variant) => variant[member] !== undefined),
    ),
  ];
  if (asked.length > 0) {
    throw validationException(`${asked.join(", ")}: not emulated by this sandbox.`);
  }
}

function checkVariant(scope: Scope, variant: JsonObject, earlier: readonly JsonObject[]): void {
  const name = stringAt(variant, "VariantName") ?? "";
  if (earlier.some((other) => stringAt(other, "VariantName") === name)) {
    throw validationException(
      `Variant names must be unique within an endpoint configuration: variant name "${name}" was non-unique.`,
    );
  }
  const model = stringAt(variant, "ModelName");
  if (model === undefined) {
    throw validationException(
      `Production variant "${name}" has no ModelName: inference components are not emulated by this sandbox.`,
    );
  }
  requireModel(scope, model);
  if (
    stringAt(variant, "InstanceType") === undefined ||
    numberAt(variant, "InitialInstanceCount") === undefined
  ) {
    throw validationException(
      `InstanceType and InitialInstanceCount must be specified for production variant "${name}".`,
    );
  }
}
