import { validationException } from "../aws-error.ts";
import type { EndpointRecord, VariantRecord } from "../state/records.ts";
import { ACCOUNT, partitionOf } from "./arns.ts";
import type { Scope } from "./scope.ts";
import { viewEndpoint } from "./view-endpoint.ts";

/**
 * What Application Auto Scaling holds on the variants of an endpoint stands in the way of its removal where the
 * caller may not deregister it, and of another instance type always.
 */
export function guardScalableTargets(
  scope: Scope,
  endpoint: EndpointRecord,
  kept: readonly VariantRecord[],
): void {
  for (const { variant } of viewEndpoint(endpoint, scope.clock.now()).variants) {
    const resourceId = `endpoint/${endpoint.name}/variant/${variant.name}`;
    if (!scope.neighbours.hasScalableTarget(scope, resourceId)) continue;
    const next = kept.find((candidate) => candidate.name === variant.name);
    if (next === undefined && scope.switches.denyDeregister) {
      const caller = `arn:${partitionOf(scope.region)}:iam::${ACCOUNT}:user/sandbox`;
      throw validationException(
        `An Application AutoScaling scalable target exists for a variant being deleted, and the IAM identity ${caller} does not have application-autoscaling:DeregisterScalableTarget permissions. Variant: ${variant.name}`,
      );
    }
    if (next !== undefined && next.instanceType !== variant.instanceType) {
      throw validationException(
        `The instance type of variant ${variant.name} cannot be changed while an Application AutoScaling scalable target is registered for it. Deregister the target first.`,
      );
    }
  }
}
