import type { Scope } from "../control/scope.ts";
import { appliedValue } from "./applied-value.ts";
import { endpointUsageName, quotaNamed } from "./catalogue.ts";

/**
 * How many instances of a type all endpoints of a region may have together at this moment.
 * Zero for a type that no endpoint can use.
 */
export function endpointUsageQuota(scope: Scope, instanceType: string): number {
  const quota = quotaNamed(endpointUsageName(instanceType));
  return quota === undefined ? 0 : appliedValue(scope, quota);
}
