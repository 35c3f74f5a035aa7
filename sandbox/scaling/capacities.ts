import { AwsError } from "../aws-error.ts";
import { SAGEMAKER } from "../control/operations.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { runOperation } from "../services/json-rpc.ts";
import { readResourceId } from "./dimensions.ts";
import type { Scaled } from "./records.ts";

/** A resource's capacity: what it is told to have, and whether it can be told something else now. */
type Capacity = { readonly desired: number; readonly settled: boolean };

/** How capacities are read and changed; `set` throws the `AwsError` of the service that refuses. */
export type Capacities = {
  read(scope: Scope, scaled: Scaled): Capacity | undefined;
  set(scope: Scope, scaled: Scaled, count: number): void;
};

/** SageMaker's, through the same calls that a person would make. */
export const SAGEMAKER_CAPACITIES: Capacities = {
  read(scope, scaled) {
    const found = resourceOf(scope, scaled);
    if (found === undefined) return undefined;
    const { status, resource } = found;
    const desired = desiredOf(scaled, resource);
    return desired === undefined ? undefined : { desired, settled: status === "InService" };
  },
  set(scope, scaled, count) {
    const scalable = readResourceId(scaled.resourceId);
    if (scalable?.kind === "component") {
      call(scope, "UpdateInferenceComponentRuntimeConfig", {
        InferenceComponentName: scalable.component,
        DesiredRuntimeConfig: { CopyCount: count },
      });
    } else if (scalable !== undefined) {
      const wish = scaled.dimension.endsWith("DesiredProvisionedConcurrency")
        ? { ServerlessUpdateConfig: { ProvisionedConcurrency: count } }
        : { DesiredInstanceCount: count };
      call(scope, "UpdateEndpointWeightsAndCapacities", {
        EndpointName: scalable.endpoint,
        DesiredWeightsAndCapacities: [{ VariantName: scalable.variant, ...wish }],
      });
    }
  },
};

function resourceOf(
  scope: Scope,
  { resourceId }: Scaled,
): { status: string; resource: JsonObject } | undefined {
  const scalable = readResourceId(resourceId);
  if (scalable === undefined) return undefined;
  try {
    if (scalable.kind === "component") {
      const input = { InferenceComponentName: scalable.component };
      const resource = call(scope, "DescribeInferenceComponent", input);
      return { status: stringAt(resource, "InferenceComponentStatus") ?? "", resource };
    }
    const endpoint = call(scope, "DescribeEndpoint", { EndpointName: scalable.endpoint });
    const variant = objectsAt(endpoint, "ProductionVariants").find(
      (entry) => stringAt(entry, "VariantName") === scalable.variant,
    );
    return variant === undefined
      ? undefined
      : { status: stringAt(endpoint, "EndpointStatus") ?? "", resource: variant };
  } catch (error) {
    // What is not there has no capacity.
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function desiredOf({ dimension }: Scaled, resource: JsonObject): number | undefined {
  const place = {
    "sagemaker:variant:DesiredProvisionedConcurrency": ["DesiredServerlessConfig", "ProvisionedConcurrency"],
    "sagemaker:inference-component:DesiredCopyCount": ["RuntimeConfig", "DesiredCopyCount"],
  }[dimension];
  if (place === undefined) return numberAt(resource, "DesiredInstanceCount");
  const [member = "", count = ""] = place;
  const found = resource[member];
  return isJsonObject(found) ? numberAt(found, count) : undefined;
}

function call(scope: Scope, operation: string, input: JsonObject): JsonObject {
  return runOperation(SAGEMAKER, scope, operation, JSON.stringify(input)) ?? {};
}
