import { randomUUID } from "node:crypto";
import { validationException } from "../aws-error.ts";
import { ACCOUNT, partitionOf } from "../control/arns.ts";
import { epochSeconds, type Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, objectsAt, stringAt } from "../json.ts";
import { matchesScaled, readScaled, requireNamespace } from "./dimensions.ts";
import { metricOf } from "./metric.ts";
import { pageOf } from "./page.ts";
import type { PolicyRecord, Scaled } from "./records.ts";
import { checkSteps } from "./steps.ts";
import { notFound, requireTarget } from "./targets.ts";

/** PutScalingPolicy: makes a policy, or replaces the one of this name. Answers the alarms' names as AWS makes them. */
export function putScalingPolicy(scope: Scope, input: JsonObject): JsonObject {
  const scaled = readScaled(input);
  requireTarget(scope, scaled);
  const name = stringAt(input, "PolicyName") ?? "";
  const before = findPolicy(scope, scaled, name);
  const type = stringAt(input, "PolicyType") ?? before?.type ?? "StepScaling";
  if (type !== "StepScaling" && type !== "TargetTrackingScaling") {
    throw validationException(`${type} is not supported for the service namespace sagemaker.`);
  }
  const configuration = readConfiguration(type, scaled, input);
  const resource = `resource/sagemaker/${scaled.resourceId}:policyName/${name}`;
  const policy: PolicyRecord = {
    ...scaled,
    arn:
      before?.arn ??
      `arn:${partitionOf(scope.region)}:autoscaling:${scope.region}:${ACCOUNT}:scalingPolicy:${randomUUID()}:${resource}`,
    name,
    type,
    configuration,
    alarms: type === "StepScaling" ? [] : (before?.alarms ?? nameAlarms(scope, scaled)),
    createdAt: scope.clock.now(),
  };
  scope.store.commit([{ table: "scalingPolicies", region: scope.region, key: policy.arn, value: policy }]);
  return { PolicyARN: policy.arn, Alarms: [...policy.alarms] };
}

/** A page of policies. */
export function describeScalingPolicies(scope: Scope, input: JsonObject): JsonObject {
  requireNamespace(input);
  const names = input.PolicyNames;
  const policies = scope.store
    .all("scalingPolicies", scope.region)
    .filter((policy) => matchesScaled(policy, input))
    // AWS takes an ARN in the place of a name.
    .filter(({ name, arn }) => !Array.isArray(names) || names.includes(name) || names.includes(arn));
  const page = pageOf(scope, input, "DescribeScalingPolicies", policies, (policy) => policy.createdAt);
  return {
    ScalingPolicies: page.items.map((policy) => ({
      PolicyARN: policy.arn,
      PolicyName: policy.name,
      ServiceNamespace: "sagemaker",
      ResourceId: policy.resourceId,
      ScalableDimension: policy.dimension,
      PolicyType: policy.type,
      [`${policy.type === "StepScaling" ? policy.type : "TargetTrackingScaling"}PolicyConfiguration`]:
        policy.configuration,
      Alarms: [...policy.alarms],
      CreationTime: epochSeconds(policy.createdAt),
    })),
    ...page.next,
  };
}

/** Deletes a policy by its name. */
export function deleteScalingPolicy(scope: Scope, input: JsonObject): JsonObject {
  const scaled = readScaled(input);
  const policy = findPolicy(scope, scaled, stringAt(input, "PolicyName") ?? "");
  if (policy === undefined) throw notFound("scaling policy", scaled);
  scope.store.commit([{ table: "scalingPolicies", region: scope.region, key: policy.arn, value: null }]);
  return {};
}

function findPolicy(scope: Scope, scaled: Scaled, name: string): PolicyRecord | undefined {
  return scope.store
    .all("scalingPolicies", scope.region)
    .find(
      (policy) =>
        policy.name === name &&
        policy.resourceId === scaled.resourceId &&
        policy.dimension === scaled.dimension,
    );
}

function readConfiguration(type: PolicyRecord["type"], scaled: Scaled, input: JsonObject): JsonObject {
  const configuration = input[`${type}PolicyConfiguration`];
  if (!isJsonObject(configuration)) {
    throw validationException(`${type}PolicyConfiguration is required for the policy type ${type}.`);
  }
  if (type === "StepScaling") {
    checkSteps(configuration);
    return { MetricAggregationType: "Average", ...configuration };
  }
  if (!(Number(configuration.TargetValue) > 0)) {
    throw validationException("TargetValue must be greater than 0.");
  }
  const customized = configuration.CustomizedMetricSpecification;
  if (isJsonObject(customized) && objectsAt(customized, "Metrics").length > 0) {
    throw validationException("CustomizedMetricSpecification.Metrics: not emulated by this sandbox.");
  }
  if (metricOf(configuration, scaled) === undefined) {
    throw validationException(
      `Exactly one metric must be specified, and it must fit the scalable dimension ${scaled.dimension}.`,
    );
  }
  return configuration;
}

function nameAlarms(scope: Scope, { resourceId }: Scaled): PolicyRecord["alarms"] {
  return ["AlarmHigh", "AlarmLow"].map((side) => {
    const AlarmName = `TargetTracking-${resourceId}-${side}-${randomUUID()}`;
    const AlarmARN = `arn:${partitionOf(scope.region)}:cloudwatch:${scope.region}:${ACCOUNT}:alarm:${AlarmName}`;
    return { AlarmName, AlarmARN };
  });
}
