import { createHash } from "node:crypto";
import { type JsonObject, stringAt } from "../json.ts";
import type { EndpointRecord, Phase, VariantRecord } from "../state/records.ts";
import { requireEndpoint } from "./endpoints.ts";
import { epochSeconds, type Scope } from "./scope.ts";
import { phaseAt } from "./timeline.ts";

// Members of a variant that DescribeEndpoint repeats as they were configured.
const REPEATED = ["RoutingConfig", "CapacityReservationConfig"];

/** The endpoint as it is at this moment, shaped as AWS answers. */
export function describeEndpoint(scope: Scope, input: JsonObject): JsonObject {
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  const phase = phaseAt(endpoint.phases, scope.clock.now());
  // A transition counts as a modification, though nobody wrote at that moment.
  const modifiedAt = Math.max(endpoint.modifiedAt, phase.at);
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    EndpointConfigName: endpoint.configName,
    ProductionVariants: endpoint.variants.map((variant) => describeVariant(endpoint, variant, phase)),
    EndpointStatus: phase.status,
    ...(phase.status === "Failed" && endpoint.failureReason !== undefined
      ? { FailureReason: endpoint.failureReason }
      : {}),
    CreationTime: epochSeconds(endpoint.createdAt),
    LastModifiedTime: epochSeconds(modifiedAt),
  };
}

function describeVariant(endpoint: EndpointRecord, variant: VariantRecord, phase: Phase): JsonObject {
  // Current is what serves now, desired is where it is going.
  const serves = phase.status === "InService";
  const repeated = REPEATED.flatMap((member) => {
    const value = variant.input[member];
    return value === undefined ? [] : [[member, value] as const];
  });
  return {
    VariantName: variant.name,
    DeployedImages: [
      {
        SpecifiedImage: variant.image,
        ResolvedImage: resolvedImage(variant.image),
        ResolutionTime: epochSeconds(endpoint.createdAt),
      },
    ],
    CurrentWeight: serves ? variant.weight : 0,
    DesiredWeight: variant.weight,
    CurrentInstanceCount: serves ? variant.count : 0,
    DesiredInstanceCount: phase.status === "Deleting" ? 0 : variant.count,
    ...(phase.message === undefined
      ? {}
      : {
          VariantStatus: [
            { Status: phase.status, StatusMessage: phase.message, StartTime: epochSeconds(phase.at) },
          ],
        }),
    ...Object.fromEntries(repeated),
  };
}

function resolvedImage(image: string): string {
  const digest = createHash("sha256").update(image).digest("hex");
  return `${image.split("@")[0]?.replace(/:[^/]*$/, "") ?? image}@sha256:${digest}`;
}
