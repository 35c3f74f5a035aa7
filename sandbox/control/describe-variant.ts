import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, stringAt } from "../json.ts";
import type { EndpointRecord, Phase, VariantRecord } from "../state/records.ts";
import { poolsOf } from "./fleet.ts";
import { epochSeconds } from "./scope.ts";
import type { VariantView } from "./view-endpoint.ts";

// Members of a variant that DescribeEndpoint repeats as they were configured.
const REPEATED = ["RoutingConfig", "CapacityReservationConfig", "ManagedInstanceScaling"];

/** A variant as DescribeEndpoint lists it: current is what serves now, desired is where it is going. */
export function describeVariant(endpoint: EndpointRecord, view: VariantView, phase: Phase): JsonObject {
  const { variant } = view;
  const repeated = REPEATED.flatMap((member) => {
    const value = variant.input[member];
    return value === undefined ? [] : [[member, value] as const];
  });
  return {
    VariantName: variant.name,
    // Where inference components bring the containers, the variant has none.
    ...(variant.image === "" ? {} : { DeployedImages: [deployedImage(variant.image, endpoint.createdAt)] }),
    CurrentWeight: view.currentWeight,
    DesiredWeight: view.desiredWeight,
    ...counts(variant, view),
    ...(phase.stage === undefined
      ? {}
      : {
          VariantStatus: [
            {
              Status: phase.stage,
              ...(phase.message === undefined ? {} : { StatusMessage: phase.message }),
              StartTime: epochSeconds(phase.at),
            },
          ],
        }),
    ...Object.fromEntries(repeated),
  };
}

/** An image as AWS reports it, with the digest its tag stood for; `resolvedAt` in milliseconds. */
export function deployedImage(image: string, resolvedAt: number): JsonObject {
  const digest = createHash("sha256").update(image).digest("hex");
  return {
    SpecifiedImage: image,
    ResolvedImage: `${image.split("@")[0]?.replace(/:[^/]*$/, "") ?? image}@sha256:${digest}`,
    ResolutionTime: epochSeconds(resolvedAt),
  };
}

function counts(variant: VariantRecord, view: VariantView): JsonObject {
  const { ServerlessConfig: serverless } = variant.input;
  if (isJsonObject(serverless)) {
    return { CurrentServerlessConfig: serverless, DesiredServerlessConfig: serverless };
  }
  const pools = poolsOf(variant.input);
  return {
    CurrentInstanceCount: view.currentCount,
    DesiredInstanceCount: view.desiredCount,
    ...(pools.length === 0
      ? {}
      : {
          InstancePools: pools.map((pool) => ({
            InstanceType: stringAt(pool, "InstanceType") ?? "",
            CurrentInstanceCount: pool.InstanceType === variant.instanceType ? view.currentCount : 0,
          })),
        }),
  };
}
