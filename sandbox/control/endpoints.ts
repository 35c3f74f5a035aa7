import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { ConfigRecord, EndpointRecord, VariantRecord } from "../state/records.ts";
import { arnOf } from "./arns.ts";
import { requireConfig } from "./endpoint-configs.ts";
import { listPage } from "./list-page.ts";
import { containersOf, requireModel } from "./models.ts";
import { decideOutcome } from "./outcome.ts";
import { epochSeconds, keyOf, type Scope } from "./scope.ts";
import { initialTags, tagWrite } from "./tags.ts";
import { exists, phaseAt, planCreation, planDeletion } from "./timeline.ts";

/** Starts the creation of an endpoint; answers its ARN at once, as AWS does. */
export function createEndpoint(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "EndpointName") ?? "";
  const arn = arnOf("endpoint", scope.region, name);
  const taken = findEndpoint(scope, name);
  if (taken !== undefined) {
    throw validationException(`Cannot create already existing endpoint "${taken.arn}".`);
  }
  if (input.DeploymentConfig !== undefined) {
    throw validationException("DeploymentConfig: not emulated by this sandbox.");
  }
  const config = requireConfig(scope, stringAt(input, "EndpointConfigName") ?? "");
  // The configuration may outlive its models; AWS notices that here.
  const variants = variantsOf(scope, config);
  // Decided once: what is answered later depends on the clock alone.
  const { outcome, failureReason } = decideOutcome(variants, scope.engineState);
  const now = scope.clock.now();
  const record: EndpointRecord = {
    name,
    arn,
    configName: config.name,
    createdAt: now,
    modifiedAt: now,
    phases: planCreation(scope.clock, scope.seed, name, outcome),
    variants,
    ...(failureReason === undefined ? {} : { failureReason }),
  };
  scope.store.commit([
    { table: "endpoints", region: scope.region, key: keyOf(name), value: record },
    tagWrite(scope, arn, initialTags(input)),
  ]);
  return { EndpointArn: arn };
}

/** A page of endpoints, newest first unless asked otherwise. */
export function listEndpoints(scope: Scope, input: JsonObject): JsonObject {
  const now = scope.clock.now();
  const endpoints = scope.store
    .all("endpoints", scope.region)
    .filter((endpoint) => exists(endpoint, now))
    .map((endpoint) => {
      const phase = phaseAt(endpoint.phases, now);
      return { ...endpoint, status: phase.status, modifiedAt: Math.max(endpoint.modifiedAt, phase.at) };
    });
  const page = listPage(endpoints, input, `ListEndpoints/${scope.region}`, scope.store.secret());
  return {
    Endpoints: page.items.map((endpoint) => ({
      EndpointName: endpoint.name,
      EndpointArn: endpoint.arn,
      CreationTime: epochSeconds(endpoint.createdAt),
      LastModifiedTime: epochSeconds(endpoint.modifiedAt),
      EndpointStatus: endpoint.status,
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Starts the deletion of a settled endpoint. Throws AWS's "Cannot update in-progress endpoint" otherwise. */
export function deleteEndpoint(scope: Scope, input: JsonObject): undefined {
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  const phase = phaseAt(endpoint.phases, scope.clock.now());
  // AWS says "update" for a delete too.
  if (phase.status === "Creating" || phase.status === "Deleting") {
    throw validationException(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  }
  const value = {
    ...endpoint,
    modifiedAt: scope.clock.now(),
    phases: planDeletion(scope.clock, endpoint.phases),
  };
  scope.store.commit([{ table: "endpoints", region: scope.region, key: keyOf(endpoint.name), value }]);
}

/** The endpoint with this name that still exists, or undefined. */
export function findEndpoint(scope: Scope, name: string): EndpointRecord | undefined {
  const endpoint = scope.store.get("endpoints", scope.region, keyOf(name));
  return endpoint !== undefined && exists(endpoint, scope.clock.now()) ? endpoint : undefined;
}

/** The endpoint with this name; throws AWS's "Could not find endpoint". */
export function requireEndpoint(scope: Scope, name: string): EndpointRecord {
  const endpoint = findEndpoint(scope, name);
  if (endpoint === undefined) {
    throw validationException(`Could not find endpoint "${arnOf("endpoint", scope.region, name)}".`);
  }
  return endpoint;
}

/** What a configuration runs, models included. Throws where a model was deleted since it was made. */
export function variantsOf(scope: Scope, config: ConfigRecord): VariantRecord[] {
  return objectsAt(config.input, "ProductionVariants").map((variant) => {
    const modelName = stringAt(variant, "ModelName") ?? "";
    const container = containersOf(requireModel(scope, modelName).input)[0] ?? {};
    const environment = container.Environment;
    return {
      name: stringAt(variant, "VariantName") ?? "",
      modelName,
      weight: numberAt(variant, "InitialVariantWeight") ?? 1,
      count: numberAt(variant, "InitialInstanceCount") ?? 1,
      instanceType: stringAt(variant, "InstanceType") ?? "",
      image: stringAt(container, "Image") ?? "",
      environment: isJsonObject(environment) ? stringsOf(environment) : {},
      input: variant,
    };
  });
}

function stringsOf(map: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}
