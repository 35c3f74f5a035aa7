import { settingsOf } from "../artifacts/artifacts.ts";
import { specAt } from "../control/components/component-spec.ts";
import { copiesNow } from "../control/components/describe-component.ts";
import { findComponent } from "../control/components/find-component.ts";
import { findEndpoint } from "../control/find-endpoint.ts";
import type { Scope } from "../control/scope.ts";
import { phaseAt } from "../control/timeline.ts";
import { fleetAt, viewEndpoint } from "../control/view-endpoint.ts";
import type { JsonObject } from "../json.ts";
import type { EndpointRecord, Fleet, VariantRecord } from "../state/records.ts";
import { chooseVariant } from "./choose-variant.ts";
import { modelNotReady, noSuchEndpoint, type RuntimeError, validationError } from "./runtime-error.ts";

/** The container that a request goes to. */
export type Destination = {
  readonly endpoint: string;
  readonly variant: string;
  /** The inference component, where the endpoint has those. */
  readonly component?: string;
  readonly image: string;
  /** Its variables, and the options of its model data with them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Machines, or copies of the component, behind it. */
  readonly instances: number;
  /** The endpoint configuration that serves, less its variants. */
  readonly config: JsonObject;
  /** The shadow variant that gets a copy of the request, by its share of the traffic. */
  readonly shadow?: VariantRecord;
};

/** What the headers of a request ask for. */
export type Wish = { readonly variant: string | undefined; readonly component: string | undefined };

/** Why a request goes nowhere; `noCapacity` names the component whose copies are all gone. */
export type Refused = { readonly refusal: RuntimeError; readonly noCapacity?: string };

/** Where a request goes now, or the runtime's refusal. */
export function findDestination(
  scope: Scope,
  name: string,
  wish: Wish,
  random: () => number,
): Destination | Refused {
  const endpoint = findEndpoint(scope, name);
  const fleet = endpoint === undefined ? undefined : servingFleet(scope, endpoint, random);
  // At invoke the case of the name matters, and only an endpoint that serves is found.
  if (endpoint === undefined || endpoint.name !== name || fleet === undefined) {
    return { refusal: noSuchEndpoint(name) };
  }
  // Without models of their own the variants only lend their machines.
  const byComponents = fleet.variants.every((variant) => variant.modelName === "");
  if (byComponents) {
    return toComponent(scope, endpoint, fleet, wish);
  }
  if (wish.component !== undefined) {
    return {
      refusal: validationError(
        "Inference Component Name header is not allowed for endpoints to which you dont plan to deploy inference components. Please remove the Inference Component Name header and try again.",
      ),
    };
  }
  const variant = chooseVariant(fleet.variants, wish.variant, random);
  if (variant === undefined) {
    return { refusal: validationError(`Variant ${wish.variant ?? ""} not found for Request`) };
  }
  const shadow = shadowOf(fleet, variant, random);
  return {
    endpoint: name,
    variant: variant.name,
    image: variant.image,
    environment: settingsOf(variant),
    instances: variant.count,
    config: fleet.config,
    ...(shadow === undefined ? {} : { shadow }),
  };
}

// While it is updated or rolled back the old fleet serves; a deployment takes over a share of the traffic at a time.
function servingFleet(scope: Scope, endpoint: EndpointRecord, random: () => number): Fleet | undefined {
  const { phase, fleet } = viewEndpoint(endpoint, scope.clock.now());
  if (phase.serves === undefined) return undefined;
  const { pending } = phase;
  return pending !== undefined && pending.share > 0 && random() < pending.share
    ? fleetAt(endpoint, pending.fleet)
    : fleet;
}

function toComponent(
  scope: Scope,
  endpoint: EndpointRecord,
  fleet: Fleet,
  wish: Wish,
): Destination | Refused {
  if (wish.component === undefined) {
    return {
      refusal: validationError(
        "Inference Component Name header is required for endpoints to which you plan to deploy inference components. Please include Inference Component Name header or consider using SageMaker models.",
      ),
    };
  }
  const component = findComponent(scope, wish.component);
  if (component === undefined || component.endpointName !== endpoint.name) {
    return {
      refusal: validationError(
        `Inference Component ${wish.component} of endpoint ${endpoint.name} not found.`,
      ),
    };
  }
  const { status, serves } = phaseAt(component.phases, scope.clock.now());
  const copies = copiesNow(scope, component);
  if (status === "Creating" && copies === 0) {
    return { refusal: modelNotReady(component.name) };
  }
  if (copies === 0 || status === "Failed") {
    return {
      ...(copies === 0 ? { noCapacity: component.name } : {}),
      refusal: validationError(
        "Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress (if configured) or try to increase the capacity by invoking UpdateInferenceComponentRuntimeConfig API.",
      ),
    };
  }
  // An adapter is answered by the container of its base.
  const base = component.baseName === undefined ? undefined : findComponent(scope, component.baseName);
  const spec =
    base === undefined
      ? specAt(component, serves)
      : specAt(base, phaseAt(base.phases, scope.clock.now()).serves);
  return {
    endpoint: endpoint.name,
    variant: component.variantName,
    component: component.name,
    image: spec.image,
    environment: settingsOf(spec),
    instances: copies,
    config: fleet.config,
  };
}

function shadowOf(fleet: Fleet, variant: VariantRecord, random: () => number): VariantRecord | undefined {
  const [shadow] = fleet.shadows;
  // Its weight beside the production variant's is the part of the traffic that is copied.
  return shadow !== undefined && random() * variant.weight < shadow.weight
    ? { ...shadow, environment: settingsOf(shadow) }
    : undefined;
}
