import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, stringAt } from "../json.ts";
import { keepLines } from "../logs/log-events.ts";
import type { EndpointRecord } from "../state/records.ts";
import { endpointGroup } from "../telemetry/log-groups.ts";
import { arnOf } from "./arns.ts";
import { componentsOf } from "./components/find-component.ts";
import { readPolicy } from "./deployment-policy.ts";
import { requireConfig } from "./endpoint-configs.ts";
import { findEndpoint, requireEndpoint, requireSettled } from "./find-endpoint.ts";
import { fleetOf } from "./fleet.ts";
import { listPage } from "./list-page.ts";
import { listedEndpoints } from "./listed-resources.ts";
import { planCreation } from "./plan-creation.ts";
import { requireQuota } from "./quota-guard.ts";
import { guardScalableTargets } from "./scaling-guard.ts";
import { epochSeconds, keyOf, type Scope } from "./scope.ts";
import { struckFleet } from "./struck.ts";
import { initialTags, tagWrite } from "./tags.ts";
import { planDeletion } from "./timeline.ts";

/** Starts the creation of an endpoint; answers its ARN at once, as AWS does. */
export function createEndpoint(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "EndpointName") ?? "";
  const arn = arnOf("endpoint", scope.region, name);
  const taken = findEndpoint(scope, name);
  if (taken !== undefined) {
    throw validationException(`Cannot create already existing endpoint "${taken.arn}".`);
  }
  const config = requireConfig(scope, stringAt(input, "EndpointConfigName") ?? "", "visible");
  // The configuration may outlive its models; AWS notices that here.
  const asked = fleetOf(scope, config);
  const deployment = isJsonObject(input.DeploymentConfig) ? input.DeploymentConfig : undefined;
  // Only an update uses the policy, and only a sound one is kept for it.
  readPolicy(
    deployment,
    asked.variants.reduce((sum, variant) => sum + variant.count, 0),
  );
  requireQuota(scope, asked, 1);
  const fleet = struckFleet(scope, name, asked);
  const now = scope.clock.now();
  keepLines(scope, endpointGroup(name));
  const record: EndpointRecord = {
    name,
    arn,
    createdAt: now,
    modifiedAt: now,
    fleets: [fleet],
    // Decided once: what is answered later depends on the clock alone.
    phases: planCreation(scope, name, fleet),
    capacity: [],
    ...(deployment === undefined ? {} : { lastDeployment: deployment }),
  };
  scope.store.commit([
    { table: "endpoints", region: scope.region, key: keyOf(name), value: record },
    tagWrite(scope, arn, initialTags(input)),
  ]);
  return { EndpointArn: arn };
}

/** A page of endpoints, newest first unless asked otherwise. */
export function listEndpoints(scope: Scope, input: JsonObject): JsonObject {
  const page = listPage(
    {
      name: `ListEndpoints/${scope.region}`,
      inOrder: listedEndpoints(scope),
      secret: scope.store.secret(),
      emptyPages: scope.switches.emptyPages,
    },
    input,
  );
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

/** Starts the deletion of a settled endpoint without inference components. Throws `ValidationException` otherwise. */
export function deleteEndpoint(scope: Scope, input: JsonObject): undefined {
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  requireSettled(scope, endpoint, "delete");
  const [component] = componentsOf(scope, endpoint.name);
  if (component !== undefined) {
    throw validationException(
      `Cannot delete endpoint with inference component associated. Please delete all inference components of endpoint "${endpoint.arn}" first.`,
    );
  }
  guardScalableTargets(scope, endpoint, []);
  const value = {
    ...endpoint,
    modifiedAt: scope.clock.now(),
    phases: planDeletion(scope.clock, endpoint.phases),
  };
  scope.store.commit([{ table: "endpoints", region: scope.region, key: keyOf(endpoint.name), value }]);
}
