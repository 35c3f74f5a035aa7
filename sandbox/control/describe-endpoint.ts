import { isJsonObject, type JsonObject, stringAt } from "../json.ts";
import type { EndpointRecord } from "../state/records.ts";
import { describeVariant } from "./describe-variant.ts";
import { requireEndpoint } from "./find-endpoint.ts";
import { epochSeconds, type Scope } from "./scope.ts";
import { type EndpointView, viewEndpoint } from "./view-endpoint.ts";

// Members of the configuration that DescribeEndpoint repeats.
const REPEATED = ["AsyncInferenceConfig", "ExplainerConfig", "MetricsConfig"];

/** The endpoint as it is at this moment, shaped as AWS answers. */
export function describeEndpoint(scope: Scope, input: JsonObject): JsonObject {
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  return endpointOutput(endpoint, scope.clock.now());
}

/** DescribeEndpoint's answer for a record at a moment (milliseconds). */
function endpointOutput(endpoint: EndpointRecord, now: number): JsonObject {
  const view = viewEndpoint(endpoint, now);
  const { phase, fleet } = view;
  const { lastDeployment } = endpoint;
  const repeated = REPEATED.flatMap((member) =>
    fleet.config[member] === undefined ? [] : [[member, fleet.config[member]] as const],
  );
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    EndpointConfigName: view.configName,
    ProductionVariants: view.variants.map((variant) => describeVariant(endpoint, variant, phase)),
    ...(view.shadows.length === 0
      ? {}
      : {
          ShadowProductionVariants: view.shadows.map((variant) => describeVariant(endpoint, variant, phase)),
        }),
    ...captureSummary(fleet.config),
    EndpointStatus: phase.status,
    ...(phase.failureReason === undefined ? {} : { FailureReason: phase.failureReason }),
    CreationTime: epochSeconds(endpoint.createdAt),
    LastModifiedTime: epochSeconds(view.modifiedAt),
    ...(lastDeployment === undefined ? {} : { LastDeploymentConfig: lastDeployment }),
    ...Object.fromEntries(repeated),
    ...pendingSummary(endpoint, view),
  };
}

// "Only returned when the endpoint is creating or updating with a new endpoint configuration."
function pendingSummary(endpoint: EndpointRecord, { pending, phase }: EndpointView): JsonObject {
  if (pending === undefined) return {};
  const variants = (list: typeof pending.variants) =>
    list.map((view) => ({
      ...describeVariant(endpoint, view, phase),
      ...(view.variant.instanceType === "" ? {} : { InstanceType: view.variant.instanceType }),
    }));
  return {
    PendingDeploymentSummary: {
      EndpointConfigName: pending.fleet.configName,
      ProductionVariants: variants(pending.variants),
      ...(pending.shadows.length === 0 ? {} : { ShadowProductionVariants: variants(pending.shadows) }),
      StartTime: epochSeconds(endpoint.modifiedAt),
    },
  };
}

function captureSummary({ DataCaptureConfig: capture }: JsonObject): JsonObject {
  if (!isJsonObject(capture)) return {};
  const enabled = capture.EnableCapture !== false;
  return {
    DataCaptureConfig: {
      EnableCapture: enabled,
      CaptureStatus: enabled ? "Started" : "Stopped",
      CurrentSamplingPercentage: capture.InitialSamplingPercentage ?? 0,
      DestinationS3Uri: capture.DestinationS3Uri ?? "",
      KmsKeyId: capture.KmsKeyId ?? "",
    },
  };
}
