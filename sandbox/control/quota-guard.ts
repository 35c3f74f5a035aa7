import { AwsError } from "../aws-error.ts";
import type { Fleet } from "../state/records.ts";
import type { Scope } from "./scope.ts";
import { type EndpointView, viewEndpoint } from "./view-endpoint.ts";

/** Instances by type. */
export type Usage = ReadonlyMap<string, number>;

/** The instances that a region's endpoints hold now, those of running deployments counted as well. */
export function instancesInUse(scope: Scope): Usage {
  const now = scope.clock.now();
  const usage = new Map<string, number>();
  for (const endpoint of scope.store.all("endpoints", scope.region)) {
    const view = viewEndpoint(endpoint, now);
    const known = usages.get(view) ?? usageOf(view);
    usages.set(view, known);
    for (const [type, count] of known) add(usage, type, count);
  }
  return usage;
}

// The view of a settled endpoint is one and the same until it is written again, and all are counted at each creation.
const usages = new WeakMap<EndpointView, Usage>();

function usageOf(view: EndpointView): Usage {
  const usage = new Map<string, number>();
  // What failed holds no machines.
  if (view.status === "Gone" || view.status === "Failed") return usage;
  const beside = view.pending !== undefined && view.phase.serves !== undefined ? view.pending : undefined;
  for (const { variant, currentCount, desiredCount } of [...view.variants, ...view.shadows]) {
    add(usage, variant.instanceType, Math.max(currentCount, desiredCount));
  }
  for (const { variant, currentCount } of [...(beside?.variants ?? []), ...(beside?.shadows ?? [])]) {
    // Blue/green holds all its machines from the beginning, a rolling update those of its batches.
    add(usage, variant.instanceType, view.phase.pending?.drained === 0 ? variant.count : currentCount);
  }
  return usage;
}

/** Throws `ResourceLimitExceeded` where so large a part of a fleet does not fit into the account's quotas. */
export function requireQuota(scope: Scope, fleet: Fleet, part: number): void {
  const wanted = new Map<string, number>();
  for (const variant of [...fleet.variants, ...fleet.shadows]) {
    add(wanted, variant.instanceType, Math.ceil(variant.count * part));
  }
  requireInstances(scope, wanted);
}

/** Throws `ResourceLimitExceeded` where so many more instances do not fit into the account's quotas. */
export function requireInstances(scope: Scope, wanted: Usage): void {
  const usage = instancesInUse(scope);
  for (const [type, delta] of wanted) {
    const quota = scope.neighbours.endpointUsageQuota(scope, type);
    const used = usage.get(type) ?? 0;
    if (delta > 0 && used + delta > quota) {
      throw new AwsError(
        "ResourceLimitExceeded",
        `The account-level service limit '${type} for endpoint usage' is ${quota} Instances, with current utilization of ${used} Instances and a request delta of ${delta} Instances. Please use AWS Service Quotas to request an increase for this quota. If AWS Service Quotas is not available, contact AWS support to request an increase for this quota.`,
      );
    }
  }
}

function add(usage: Map<string, number>, type: string, count: number): void {
  // Serverless variants have no instances.
  if (type !== "" && count > 0) usage.set(type, (usage.get(type) ?? 0) + count);
}
