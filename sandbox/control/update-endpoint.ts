import { AwsError, validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { ConfigRecord, EndpointRecord, Fleet } from "../state/records.ts";
import { componentsOf } from "./components/find-component.ts";
import { type DeploymentPolicy, readPolicy } from "./deployment-policy.ts";
import { findConfig, requireConfig } from "./endpoint-configs.ts";
import { requireEndpoint, requireSettled } from "./find-endpoint.ts";
import { fleetOf, fleetWithoutModels } from "./fleet.ts";
import { withNextFleet } from "./next-plan.ts";
import { planUpdate } from "./plan-update.ts";
import { requireQuota } from "./quota-guard.ts";
import { guardScalableTargets } from "./scaling-guard.ts";
import { keyOf, type Scope } from "./scope.ts";
import { struckFleet } from "./struck.ts";
import type { Failure } from "./timeline.ts";
import { currentFleet } from "./view-endpoint.ts";

const LOOKUP_SECONDS = 60;

/**
 * Starts to move an endpoint to another configuration while the present machines go on serving; answers the ARN.
 * Throws `ValidationException` for an endpoint on its way and `ResourceLimitExceeded` where the machines of both
 * configurations together exceed a quota.
 */
export function updateEndpoint(scope: Scope, input: JsonObject): JsonObject {
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  const config = requireConfig(scope, stringAt(input, "EndpointConfigName") ?? "", "visible");
  requireSettled(scope, endpoint, "update");
  const now = scope.clock.now();
  const old = currentFleet(endpoint, now);
  const { fleet: asked, early } = askedFleet(scope, config, old);
  const wanted = input.RetainAllVariantProperties === true ? retain(asked, old, excludedIn(input)) : asked;
  const unstruck = keepScaled(wanted, old);
  const lastDeployment = deploymentOf(input, endpoint);
  const policy = readPolicy(lastDeployment.used, instancesOf(old));
  guardComponents(scope, endpoint, unstruck);
  guardScalableTargets(scope, endpoint, unstruck.variants);
  requireQuota(scope, unstruck, surgeOf(policy));
  const next = struckFleet(scope, endpoint.name, unstruck);
  const value: EndpointRecord = {
    ...withNextFleet(endpoint, now, next, (places) =>
      planUpdate(scope, endpoint.name, places, next, policy, early),
    ),
    ...(lastDeployment.kept === undefined ? {} : { lastDeployment: lastDeployment.kept }),
  };
  scope.store.commit([{ table: "endpoints", region: scope.region, key: keyOf(endpoint.name), value }]);
  return { EndpointArn: endpoint.arn };
}

// AWS allows deleting a configuration or a model in use; the next update is where that comes out, and not at once.
function askedFleet(
  scope: Scope,
  config: ConfigRecord,
  old: Fleet,
): { fleet: Fleet; early: Failure | undefined } {
  const gone = findConfig(scope, old.configName) === undefined ? old.configName : undefined;
  const early =
    gone === undefined
      ? undefined
      : failedEarly(`Could not find endpoint configuration "${gone}", which the endpoint is deployed from.`);
  try {
    return { fleet: fleetOf(scope, config), early };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { fleet: fleetWithoutModels(config), early: failedEarly(error.message) };
  }
}

function failedEarly(failureReason: string): Failure {
  return { ends: "failed", during: "capacity", afterSeconds: LOOKUP_SECONDS, failureReason };
}

function retain(next: Fleet, old: Fleet, excluded: readonly string[]): Fleet {
  const variants = next.variants.map((variant) => {
    const before = old.variants.find((candidate) => candidate.name === variant.name);
    if (before === undefined) return variant;
    return {
      ...variant,
      count: excluded.includes("DesiredInstanceCount") ? variant.count : before.count,
      weight: excluded.includes("DesiredWeight") ? variant.weight : before.weight,
    };
  });
  const capture = old.config.DataCaptureConfig;
  const keeps = !excluded.includes("DataCaptureConfig") && capture !== undefined;
  const config = keeps ? { ...next.config, DataCaptureConfig: capture } : next.config;
  return { ...next, variants, config };
}

// Managed scaling goes on from where it is: the components on the machines still need them.
function keepScaled(next: Fleet, old: Fleet): Fleet {
  const variants = next.variants.map((variant) => {
    const before = old.variants.find((candidate) => candidate.name === variant.name);
    const { ManagedInstanceScaling: scaling } = variant.input;
    if (before === undefined || !isJsonObject(scaling) || scaling.Status === "DISABLED") return variant;
    const most = numberAt(scaling, "MaxInstanceCount") ?? before.count;
    const least = numberAt(scaling, "MinInstanceCount") ?? 1;
    return { ...variant, count: Math.max(least, Math.min(most, before.count)) };
  });
  return { ...next, variants };
}

function excludedIn(input: JsonObject): string[] {
  return objectsAt(input, "ExcludeRetainedVariantProperties").map(
    (property) => stringAt(property, "VariantPropertyType") ?? "",
  );
}

function deploymentOf(
  input: JsonObject,
  endpoint: EndpointRecord,
): { used: JsonObject | undefined; kept: JsonObject | undefined } {
  const given = isJsonObject(input.DeploymentConfig) ? input.DeploymentConfig : undefined;
  const retains = input.RetainDeploymentConfig === true;
  if (given !== undefined && retains) {
    throw validationException(
      "DeploymentConfig cannot be specified when RetainDeploymentConfig is set to true.",
    );
  }
  const used = given ?? (retains ? endpoint.lastDeployment : undefined);
  return { used, kept: used ?? endpoint.lastDeployment };
}

// Machines for components that are placed must not vanish under them.
function guardComponents(scope: Scope, endpoint: EndpointRecord, next: Fleet): void {
  for (const component of componentsOf(scope, endpoint.name)) {
    const variant = next.variants.find((candidate) => candidate.name === component.variantName);
    if (variant === undefined || variant.modelName !== "") {
      throw validationException(
        `Cannot update endpoint "${endpoint.arn}": variant "${component.variantName}" has inference component "${component.name}" associated.`,
      );
    }
  }
}

/** The part of the new machines that is held beside the old ones: all of them, or a batch at a time. */
function surgeOf(policy: DeploymentPolicy): number {
  return policy.kind === "rolling" ? (policy.shares[0] ?? 1) : 1;
}

function instancesOf(fleet: Fleet): number {
  return fleet.variants.reduce((sum, variant) => sum + variant.count, 0);
}
