import { settingsOf } from "../../artifacts/artifacts.ts";
import { faultOf } from "../../faults/faults.ts";
import { isJsonObject, type JsonObject, numberAt } from "../../json.ts";
import { createRandom, seedFromText } from "../../random.ts";
import type { CapacityStep, ComponentRecord, EndpointRecord, VariantRecord } from "../../state/records.ts";
import type { Write } from "../../state/store.ts";
import { isDry, SLOW_START } from "../fleet-outcome.ts";
import { downloadSeconds } from "../plan-start.ts";
import { instancesInUse } from "../quota-guard.ts";
import { keyOf, type Scope } from "../scope.ts";
import { viewEndpoint } from "../view-endpoint.ts";
import { inputFor, specAt } from "./component-spec.ts";
import { componentsOf } from "./find-component.ts";
import { resourcesOf } from "./instance-facts.ts";
import { instancesFor } from "./place-copies.ts";
import { isWaiting, lastDeparture, lastingDemands, planCopies } from "./plan-copies.ts";

const NEW_INSTANCE_SECONDS = 180;
const IMAGE_SECONDS = 40;
const ENGINE_SECONDS = 60;
// A cached image was seen to take this part of the time.
const CACHED = 0.44;
const COOLDOWN_MINUTES = 20;

/**
 * The writes that follow from a changed component: its own, those of components that may take or give up a place,
 * and the instances that managed scaling adds or takes away.
 */
export function replan(scope: Scope, endpoint: EndpointRecord, changed: ComponentRecord): Write[] {
  const now = scope.clock.now();
  const variant = viewEndpoint(endpoint, now).variants.find(
    (view) => view.variant.name === changed.variantName,
  )?.variant;
  if (variant === undefined || changed.baseName !== undefined) {
    return [writeOf(scope, changed)];
  }
  const others = componentsOf(scope, endpoint.name).filter(
    (other) =>
      other.variantName === variant.name && other.baseName === undefined && other.name !== changed.name,
  );
  const components = [...others, changed];
  const capacity = scale(scope, endpoint, variant, components);
  const hardware = { instanceType: variant.instanceType, each: resourcesOf(variant.instanceType) };
  const planned = planCopies(components, capacity, now, hardware, (component) =>
    loadTime(scope, component, variant.instanceType),
  );
  return [
    // What nobody moved is not written again.
    ...planned.filter((record) => !others.includes(record)).map((record) => writeOf(scope, record)),
    ...scaleWrites(scope, endpoint, variant, capacity),
  ];
}

type Steps = { readonly at: number; readonly count: number }[];

/** The instances of the variant from now on: as many as the copies need, within managed scaling's limits. */
function scale(
  scope: Scope,
  endpoint: EndpointRecord,
  variant: VariantRecord,
  components: readonly ComponentRecord[],
): Steps {
  const now = scope.clock.now();
  const { ManagedInstanceScaling: scaling } = variant.input;
  const own = endpoint.capacity.filter((step) => step.variant === variant.name && step.at > now);
  const start = { at: now, count: variant.count };
  if (!isJsonObject(scaling) || scaling.Status === "DISABLED") return [start];
  // Instances on their way arrive; those about to go are thought over.
  const arriving = own.filter((step) => step.count > variant.count).map(({ at, count }) => ({ at, count }));
  const goal = arriving.at(-1)?.count ?? variant.count;
  const most = Math.min(numberAt(scaling, "MaxInstanceCount") ?? goal, goal + headroom(scope, variant));
  const demands = lastingDemands(components, variant.instanceType);
  const needed = Math.max(
    numberAt(scaling, "MinInstanceCount") ?? 1,
    instancesFor(demands, resourcesOf(variant.instanceType), Math.max(most, goal)),
  );
  const waits = components.some(isWaiting);
  if (waits && needed > goal) {
    return [start, ...arriving, { at: now + scope.clock.shorten(NEW_INSTANCE_SECONDS), count: needed }];
  }
  if (needed < goal) {
    const at = lastDeparture(components, now) + scope.clock.shorten(cooldownSeconds(scaling));
    return [start, ...arriving, { at: Math.max(at, arriving.at(-1)?.at ?? at), count: needed }];
  }
  return [start, ...arriving];
}

function headroom(scope: Scope, variant: VariantRecord): number {
  if (isDry(scope, variant)) return 0;
  const used = instancesInUse(scope).get(variant.instanceType) ?? 0;
  return Math.max(0, scope.neighbours.endpointUsageQuota(scope, variant.instanceType) - used);
}

function cooldownSeconds(scaling: JsonObject): number {
  const policy = scaling.ScaleInPolicy;
  return (
    60 * ((isJsonObject(policy) ? numberAt(policy, "CooldownInMinutes") : undefined) ?? COOLDOWN_MINUTES)
  );
}

function loadTime(scope: Scope, component: ComponentRecord, instanceType: string): number {
  const spec = specAt(component, component.specs.length);
  const caching = inputFor(spec, instanceType).DataCacheConfig;
  const cached = isJsonObject(caching) && caching.EnableCaching === true;
  const seconds = IMAGE_SECONDS * (cached ? CACHED : 1) + downloadSeconds(settingsOf(spec)) + ENGINE_SECONDS;
  const slower = faultOf(spec) === "slow-start" ? SLOW_START : 1;
  const random = createRandom(scope.seed ^ seedFromText(component.name));
  return scope.clock.shorten(slower * seconds * (0.9 + 0.2 * random()));
}

function scaleWrites(
  scope: Scope,
  endpoint: EndpointRecord,
  variant: VariantRecord,
  capacity: Steps,
): Write[] {
  const mine: CapacityStep[] = capacity.map((step) => ({ variant: variant.name, ...step }));
  const before = endpoint.capacity.filter((step) => step.variant === variant.name);
  // A single step that repeats the count says nothing.
  if (mine.length === 1 && before.length === 0) return [];
  const others = endpoint.capacity.filter((step) => step.variant !== variant.name);
  const value = { ...endpoint, capacity: [...others, ...mine] };
  return [{ table: "endpoints", region: scope.region, key: keyOf(endpoint.name), value }];
}

function writeOf(scope: Scope, value: ComponentRecord): Write {
  return { table: "components", region: scope.region, key: keyOf(value.name), value };
}
