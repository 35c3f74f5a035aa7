import type { EndpointRecord, EndpointStatus, Fleet, Phase, VariantRecord } from "../state/records.ts";
import { phaseAt } from "./timeline.ts";

/** A variant with what runs of it and what is striven for. */
export type VariantView = {
  readonly variant: VariantRecord;
  readonly currentCount: number;
  readonly desiredCount: number;
  readonly currentWeight: number;
  readonly desiredWeight: number;
};

/** An endpoint at one moment. */
export type EndpointView = {
  readonly status: EndpointStatus | "Gone";
  readonly phase: Phase;
  readonly configName: string;
  /** What serves, or what is being created where nothing serves yet. */
  readonly fleet: Fleet;
  readonly variants: readonly VariantView[];
  readonly shadows: readonly VariantView[];
  /** The fleet of a deployment under way. */
  readonly pending?: {
    readonly fleet: Fleet;
    readonly variants: readonly VariantView[];
    readonly shadows: readonly VariantView[];
  };
  /** A transition counts as a modification, though nobody wrote at that moment. */
  readonly modifiedAt: number;
};

// A settled endpoint looks the same at every later moment, and an account may have ten thousand of them.
const settledViews = new WeakMap<EndpointRecord, EndpointView>();

/** The endpoint as it is at a moment (milliseconds). */
export function viewEndpoint(endpoint: EndpointRecord, now: number): EndpointView {
  const known = isSettled(endpoint, now) ? settledViews.get(endpoint) : undefined;
  const view = known ?? viewAt(endpoint, now);
  if (known === undefined && isSettled(endpoint, now)) settledViews.set(endpoint, view);
  return view;
}

/** Whether nothing that is planned is yet to come. */
function isSettled({ phases, capacity }: EndpointRecord, now: number): boolean {
  return (phases.at(-1)?.at ?? 0) <= now && capacity.every(({ at }) => at <= now);
}

function viewAt(endpoint: EndpointRecord, now: number): EndpointView {
  const phase = phaseAt(endpoint.phases, now);
  const fleet = fleetAt(endpoint, phase.serves ?? phase.desired);
  const desired = fleetAt(endpoint, phase.desired);
  const { pending } = phase;
  const running = phase.serves === undefined ? 0 : 1 - (pending?.drained ?? 0);
  const scaled = scaledVariants(endpoint, fleet.variants, now);
  return {
    status: phase.status,
    phase,
    configName: fleet.configName,
    fleet,
    variants: scaled.map((pair) => viewVariant(pair, desired.variants, running, phase.status === "Deleting")),
    shadows: fleet.shadows.map((variant) =>
      viewVariant({ variant }, desired.shadows, running, phase.status === "Deleting"),
    ),
    ...(pending === undefined ? {} : { pending: viewPending(endpoint, pending) }),
    modifiedAt: Math.max(endpoint.modifiedAt, phase.at),
  };
}

/** The fleet that serves now as the base of what is written next, with the counts that scaling gave it. */
export function currentFleet(endpoint: EndpointRecord, now: number): Fleet {
  const { fleet } = viewEndpoint(endpoint, now);
  return {
    ...fleet,
    variants: scaledVariants(endpoint, fleet.variants, now).map(({ variant, scalesTo }) => ({
      ...variant,
      count: scalesTo ?? variant.count,
    })),
  };
}

/** The fleet at an index; throws where a phase points nowhere. */
export function fleetAt(endpoint: EndpointRecord, index: number): Fleet {
  const fleet = endpoint.fleets[index];
  if (fleet === undefined) {
    throw new Error(`the endpoint ${endpoint.name} has no fleet ${index}`);
  }
  return fleet;
}

/** A variant with the count it has and, where managed scaling moves it, the count it goes to. */
type Scaled = { readonly variant: VariantRecord; readonly scalesTo?: number };

// Managed scaling moves a variant's count without an update of the endpoint.
function scaledVariants(
  endpoint: EndpointRecord,
  variants: readonly VariantRecord[],
  now: number,
): readonly Scaled[] {
  return variants.map((variant) => {
    const steps = endpoint.capacity.filter((step) => step.variant === variant.name);
    const last = steps.at(-1);
    const reached = steps.findLast((step) => step.at <= now)?.count ?? variant.count;
    return last === undefined
      ? { variant }
      : { variant: { ...variant, count: reached }, scalesTo: last.count };
  });
}

function viewVariant(
  { variant, scalesTo }: Scaled,
  goals: readonly VariantRecord[],
  running: number,
  leaving: boolean,
): VariantView {
  const goal = goals.find((candidate) => candidate.name === variant.name);
  // Managed scaling sets its own goal; an update of counts sets it in the other fleet.
  const goalCount = scalesTo ?? goal?.count ?? variant.count;
  return {
    variant,
    currentCount: Math.ceil(variant.count * running),
    desiredCount: leaving ? 0 : goalCount,
    currentWeight: running > 0 ? variant.weight : 0,
    desiredWeight: goal?.weight ?? variant.weight,
  };
}

function viewPending(endpoint: EndpointRecord, pending: NonNullable<Phase["pending"]>) {
  const fleet = fleetAt(endpoint, pending.fleet);
  const view = (variant: VariantRecord): VariantView => ({
    variant,
    currentCount: Math.floor(variant.count * pending.built),
    desiredCount: variant.count,
    currentWeight: variant.weight * pending.share,
    desiredWeight: variant.weight,
  });
  return { fleet, variants: fleet.variants.map(view), shadows: fleet.shadows.map(view) };
}
