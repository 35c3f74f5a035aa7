import { findEndpoint } from "../control/find-endpoint.ts";
import type { Scope } from "../control/scope.ts";
import { phaseAt } from "../control/timeline.ts";
import {
  accessDenied,
  endpointNotReady,
  modelNotReady,
  type RuntimeError,
  serviceFailure,
  throttled,
} from "../runtime/runtime-error.ts";
import type { ShowingFault } from "./showing-fault.ts";

const LOADING_SECONDS = 30;

type Place = { readonly endpoint: string; readonly variant: string; readonly component?: string };

/** The runtime's own refusal that a fault asks for; undefined where the request goes on to the container. */
export function faultRefusal(
  scope: Scope,
  place: Place,
  { fault, asked }: ShowingFault,
): RuntimeError | undefined {
  switch (fault) {
    case "throttled":
      return throttled();
    case "denied":
      return accessDenied(scope.region, place.endpoint);
    case "internal-failure":
      return serviceFailure(500, "InternalFailure");
    case "service-unavailable":
      return serviceFailure(503, "ServiceUnavailable");
    case "dependency-failure":
      return serviceFailure(530, "InternalDependencyException");
    case "not-ready":
      // A model that is slow to load is so after its start; who asks for the refusal now has it now.
      if (!asked && !isLoading(scope, place.endpoint)) return undefined;
      return place.component === undefined
        ? endpointNotReady(place.endpoint, place.variant)
        : modelNotReady(place.component);
    default:
      return undefined;
  }
}

function isLoading(scope: Scope, name: string): boolean {
  const endpoint = findEndpoint(scope, name);
  const now = scope.clock.now();
  const phase = endpoint === undefined ? undefined : phaseAt(endpoint.phases, now);
  return phase?.status === "InService" && now - phase.at < scope.clock.shorten(LOADING_SECONDS);
}
