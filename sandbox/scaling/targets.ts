import { randomUUID } from "node:crypto";
import { AwsError, validationException } from "../aws-error.ts";
import { ACCOUNT, partitionOf } from "../control/arns.ts";
import { epochSeconds, type Scope } from "../control/scope.ts";
import { tagWrite } from "../control/tags.ts";
import { isJsonObject, type JsonObject, numberAt } from "../json.ts";
import type { Operation } from "../services/json-rpc.ts";
import type { Capacities } from "./capacities.ts";
import { keyOfTarget, matchesScaled, readScaled, requireNamespace } from "./dimensions.ts";
import { pageOf } from "./page.ts";
import type { Scaled, TargetRecord } from "./records.ts";
import { readTagMap } from "./tags.ts";

const RUNNING = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

/** RegisterScalableTarget: makes a target, or changes what the call names of one that is there. */
export function registerScalableTarget(capacities: Capacities): Operation {
  return (scope, input) => {
    const scaled = readScaled(input);
    const before = findTarget(scope, scaled);
    if (capacities.read(scope, scaled) === undefined) {
      throw validationException(
        `SageMaker resource not found or without the dimension ${scaled.dimension}: ${scaled.resourceId}`,
      );
    }
    const min = numberAt(input, "MinCapacity") ?? before?.min;
    const max = numberAt(input, "MaxCapacity") ?? before?.max;
    if (min === undefined || max === undefined) {
      throw validationException(
        "MinCapacity and MaxCapacity are required to register a new scalable target.",
      );
    }
    if (min < 0 || min > max) {
      throw validationException("Maximum capacity cannot be less than minimum capacity");
    }
    const id = randomUUID().replaceAll("-", "");
    const suspended = isJsonObject(input.SuspendedState) ? input.SuspendedState : {};
    const target: TargetRecord = {
      ...scaled,
      arn:
        before?.arn ??
        `arn:${partitionOf(scope.region)}:application-autoscaling:${scope.region}:${ACCOUNT}:scalable-target/${id}`,
      min,
      max,
      suspended: { ...RUNNING, ...before?.suspended, ...suspended },
      createdAt: before?.createdAt ?? scope.clock.now(),
    };
    const tags = readTagMap(input);
    scope.store.commit([
      { table: "scalableTargets", region: scope.region, key: keyOfTarget(scaled), value: target },
      // Tags belong to the registration, not to a later change.
      ...(before === undefined ? [tagWrite(scope, target.arn, tags)] : []),
    ]);
    return { ScalableTargetARN: target.arn };
  };
}

/** A page of targets. */
export function describeScalableTargets(scope: Scope, input: JsonObject): JsonObject {
  requireNamespace(input);
  const ids = input.ResourceIds;
  const targets = scope.store
    .all("scalableTargets", scope.region)
    .filter((target) => matchesScaled(target, input))
    .filter((target) => !Array.isArray(ids) || ids.includes(target.resourceId));
  const page = pageOf(scope, input, "DescribeScalableTargets", targets, (target) => target.createdAt);
  return {
    ScalableTargets: page.items.map((target) => ({
      ServiceNamespace: "sagemaker",
      ResourceId: target.resourceId,
      ScalableDimension: target.dimension,
      MinCapacity: target.min,
      MaxCapacity: target.max,
      RoleARN: `arn:${partitionOf(scope.region)}:iam::${ACCOUNT}:role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint`,
      CreationTime: epochSeconds(target.createdAt),
      SuspendedState: target.suspended,
      ScalableTargetARN: target.arn,
    })),
    ...page.next,
  };
}

/** Removes a target with its policies and scheduled actions. */
export function deregisterScalableTarget(scope: Scope, input: JsonObject): JsonObject {
  const scaled = readScaled(input);
  const target = requireTarget(scope, scaled);
  const { store, region } = scope;
  const key = keyOfTarget(scaled);
  const belongs = (other: Scaled) => keyOfTarget(other) === key;
  store.commit([
    { table: "scalableTargets", region, key, value: null },
    tagWrite(scope, target.arn, null),
    ...store
      .all("scalingPolicies", region)
      .filter(belongs)
      .map(({ arn }) => ({ table: "scalingPolicies" as const, region, key: arn, value: null })),
    ...store
      .all("scheduledActions", region)
      .filter(belongs)
      .map(({ arn }) => ({ table: "scheduledActions" as const, region, key: arn, value: null })),
  ]);
  return {};
}

/** Whether any dimension of a resource is registered: `endpoint/E/variant/V` or `inference-component/C`. */
export function hasScalableTarget(scope: Scope, resourceId: string): boolean {
  return scope.store
    .all("scalableTargets", scope.region)
    .some((target) => target.resourceId.toLowerCase() === resourceId.toLowerCase());
}

function findTarget(scope: Scope, scaled: Scaled): TargetRecord | undefined {
  return scope.store.get("scalableTargets", scope.region, keyOfTarget(scaled));
}

/** The target; throws `ObjectNotFoundException`. */
export function requireTarget(scope: Scope, scaled: Scaled): TargetRecord {
  const target = findTarget(scope, scaled);
  if (target === undefined) throw notFound("scalable target", scaled);
  return target;
}

/** AWS's refusal for what is not registered or not put. */
export function notFound(what: string, { resourceId, dimension }: Scaled): AwsError {
  return new AwsError(
    "ObjectNotFoundException",
    `No ${what} found for service namespace: sagemaker, resource ID: ${resourceId}, scalable dimension: ${dimension}`,
  );
}
