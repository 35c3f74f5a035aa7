import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { Fleet, VariantRecord } from "../state/records.ts";
import { requireEndpoint, requireSettled } from "./find-endpoint.ts";
import { withNextFleet } from "./next-plan.ts";
import { planCapacity } from "./plan-update.ts";
import { requireInstances } from "./quota-guard.ts";
import { keyOf, type Scope } from "./scope.ts";
import { struckFleet } from "./struck.ts";
import { currentFleet } from "./view-endpoint.ts";

/**
 * Starts to change weights, instance counts and serverless concurrency; answers the ARN. Throws
 * `ValidationException` for an endpoint on its way and for variants it does not have.
 */
export function updateEndpointWeightsAndCapacities(scope: Scope, input: JsonObject): JsonObject {
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  requireSettled(scope, endpoint, "update");
  const fleet = currentFleet(endpoint, scope.clock.now());
  const wishes = objectsAt(input, "DesiredWeightsAndCapacities");
  checkNames(fleet, wishes);
  const variants = fleet.variants.map((variant) => {
    const wish = wishes.find((candidate) => stringAt(candidate, "VariantName") === variant.name);
    return wish === undefined ? variant : changed(fleet, variant, wish);
  });
  const growth = variants.map((variant, index) => variant.count - (fleet.variants[index]?.count ?? 0));
  requireInstances(scope, growthByType(variants, growth));
  const next = struckFleet(scope, endpoint.name, { ...fleet, variants });
  const direction = growth.some((by) => by > 0) ? "grows" : growth.some((by) => by < 0) ? "shrinks" : "same";
  const value = withNextFleet(endpoint, scope.clock.now(), next, (places) =>
    planCapacity(scope, endpoint.name, places, direction, next),
  );
  scope.store.commit([{ table: "endpoints", region: scope.region, key: keyOf(endpoint.name), value }]);
  return { EndpointArn: endpoint.arn };
}

function checkNames(fleet: Fleet, wishes: readonly JsonObject[]): void {
  const names = wishes.map((wish) => stringAt(wish, "VariantName") ?? "");
  const doubled = names.find((name, index) => names.indexOf(name) < index);
  if (doubled !== undefined) {
    throw validationException(
      `Variant names must be unique within a request: variant name "${doubled}" was non-unique.`,
    );
  }
  const unknown = names.filter((name) => !fleet.variants.some((variant) => variant.name === name));
  if (unknown.length > 0) {
    throw validationException(
      `The variant name(s) "${unknown.join(", ")}" is/are not present within endpoint configuration "${fleet.configName}".`,
    );
  }
}

function changed(fleet: Fleet, variant: VariantRecord, wish: JsonObject): VariantRecord {
  const { ServerlessConfig: serverless } = variant.input;
  const { ServerlessUpdateConfig: update } = wish;
  const count = numberAt(wish, "DesiredInstanceCount");
  if (isJsonObject(serverless) ? count !== undefined : update !== undefined) {
    throw validationException(
      isJsonObject(serverless)
        ? `DesiredInstanceCount cannot be set for serverless variant "${variant.name}".`
        : `ServerlessUpdateConfig can only be set for serverless variants; variant "${variant.name}" is not.`,
    );
  }
  // To no instances only queues go down, and inference components, those by managed scaling.
  const mayBeEmpty = variant.modelName === "" || fleet.config.AsyncInferenceConfig !== undefined;
  if (count === 0 && !mayBeEmpty) {
    throw validationException(`DesiredInstanceCount of variant "${variant.name}" must be greater than 0.`);
  }
  return {
    ...variant,
    // Giving only one of the two leaves the other as it is.
    weight: numberAt(wish, "DesiredWeight") ?? variant.weight,
    count: count ?? variant.count,
    input:
      isJsonObject(serverless) && isJsonObject(update)
        ? { ...variant.input, ServerlessConfig: { ...serverless, ...update } }
        : variant.input,
  };
}

function growthByType(variants: readonly VariantRecord[], growth: readonly number[]): Map<string, number> {
  const byType = new Map<string, number>();
  for (const [index, { instanceType }] of variants.entries()) {
    byType.set(instanceType, (byType.get(instanceType) ?? 0) + Math.max(0, growth[index] ?? 0));
  }
  return byType;
}
