import type { Fault } from "../container/faults.ts";
import { findEndpoint } from "../control/find-endpoint.ts";
import type { Scope } from "../control/scope.ts";
import { phaseAt } from "../control/timeline.ts";
import { endpointNotReady, type RuntimeError, throttled } from "./runtime-error.ts";

const LOADING_SECONDS = 30;

/** The runtime's own refusal that a fault asks for; undefined where the request goes on to the container. */
export function faultRefusal(
  scope: Scope,
  place: { readonly endpoint: string; readonly variant: string },
  fault: Fault | undefined,
): RuntimeError | undefined {
  if (fault === "throttled") return throttled();
  if (fault !== "not-ready") return undefined;
  const endpoint = findEndpoint(scope, place.endpoint);
  const now = scope.clock.now();
  const phase = endpoint === undefined ? undefined : phaseAt(endpoint.phases, now);
  const loading = phase?.status === "InService" && now - phase.at < scope.clock.shorten(LOADING_SECONDS);
  return loading ? endpointNotReady(place.endpoint, place.variant) : undefined;
}
