import { validationException } from "../aws-error.ts";
import { type JsonObject, objectsAt, stringAt } from "../json.ts";
import type { ConfigRecord } from "../state/records.ts";
import { arnOf } from "./arns.ts";
import { checkConfig } from "./config-rules.ts";
import { listPage } from "./list-page.ts";
import { listedConfigs } from "./listed-resources.ts";
import { requireTrust } from "./require-trust.ts";
import { epochSeconds, keyOf, type Scope } from "./scope.ts";
import { initialTags, tagWrite } from "./tags.ts";

/** Creates an endpoint configuration; answers its ARN. Every model it names must exist now. */
export function createEndpointConfig(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "EndpointConfigName") ?? "";
  const arn = arnOf("endpoint-config", scope.region, name);
  const taken = findConfig(scope, name);
  if (taken !== undefined) {
    throw validationException(`Cannot create already existing endpoint configuration "${taken.arn}".`);
  }
  checkConfig(scope, input);
  requireTrust(scope, input);
  const { Tags: _tags, ...rest } = input;
  const shadows = objectsAt(input, "ShadowProductionVariants");
  const record: ConfigRecord = {
    name,
    arn,
    createdAt: scope.clock.now(),
    input: {
      ...rest,
      // AWS fills the weight in, and Describe repeats it.
      ProductionVariants: objectsAt(input, "ProductionVariants").map(withWeight),
      ...(shadows.length === 0 ? {} : { ShadowProductionVariants: shadows.map(withWeight) }),
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
  const page = listPage(
    {
      name: `ListEndpointConfigs/${scope.region}`,
      inOrder: listedConfigs(scope),
      secret: scope.store.secret(),
      emptyPages: scope.switches.emptyPages,
    },
    input,
  );
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

/** The configuration with this name, or undefined. */
export function findConfig(scope: Scope, name: string): ConfigRecord | undefined {
  return scope.store.get("configs", scope.region, keyOf(name));
}

/**
 * The configuration with this name; throws AWS's "Could not find endpoint configuration". `visible` asks as the
 * calls do that may not see a new one yet.
 */
export function requireConfig(
  scope: Scope,
  name: string,
  reader: "owner" | "visible" = "owner",
): ConfigRecord {
  const config = findConfig(scope, name);
  const age = scope.clock.now() - (config?.createdAt ?? 0);
  if (config === undefined || (reader === "visible" && age < scope.switches.configInvisibleMs)) {
    const arn = arnOf("endpoint-config", scope.region, name);
    throw validationException(`Could not find endpoint configuration "${arn}".`);
  }
  return config;
}

function withWeight(variant: JsonObject): JsonObject {
  return { InitialVariantWeight: 1, ...variant };
}
