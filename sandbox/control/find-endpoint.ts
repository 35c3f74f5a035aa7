import { validationException } from "../aws-error.ts";
import type { EndpointRecord } from "../state/records.ts";
import { arnOf } from "./arns.ts";
import { keyOf, type Scope } from "./scope.ts";
import { exists } from "./timeline.ts";
import { viewEndpoint } from "./view-endpoint.ts";
import { watchAlarms } from "./watch-alarms.ts";

/** The endpoint with this name that still exists, or undefined. */
export function findEndpoint(scope: Scope, name: string): EndpointRecord | undefined {
  const endpoint = scope.store.get("endpoints", scope.region, keyOf(name));
  return endpoint !== undefined && exists(endpoint, scope.clock.now())
    ? watchAlarms(scope, endpoint)
    : undefined;
}

/** The endpoint with this name; throws AWS's "Could not find endpoint". */
export function requireEndpoint(scope: Scope, name: string): EndpointRecord {
  const endpoint = findEndpoint(scope, name);
  if (endpoint === undefined) {
    throw validationException(`Could not find endpoint "${arnOf("endpoint", scope.region, name)}".`);
  }
  return endpoint;
}

/**
 * Throws AWS's "Cannot update in-progress endpoint" for one on its way, also for a delete; and for an update of
 * one that accepts nothing but a delete any more.
 */
export function requireSettled(scope: Scope, endpoint: EndpointRecord, purpose: "update" | "delete"): void {
  const { status } = viewEndpoint(endpoint, scope.clock.now());
  const dead = status === "Failed" || status === "UpdateRollbackFailed";
  if (status !== "InService" && !dead) {
    throw validationException(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  }
  if (dead && purpose === "update") {
    throw validationException(
      `Cannot update endpoint "${endpoint.arn}" in status ${status}: it can only be deleted.`,
    );
  }
}
