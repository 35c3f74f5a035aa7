import type { ComponentPhase, ComponentRecord } from "../../state/records.ts";
import { inputFor, needOf, specAt } from "./component-spec.ts";
import type { Resources } from "./instance-facts.ts";
import { type Demand, placeCopies } from "./place-copies.ts";

/** The instances of a variant over time; `count` holds from `at` (milliseconds) on. */
export type Capacity = readonly { readonly at: number; readonly count: number }[];

/** The copies a component may put somewhere, and until when. */
type Holder = { readonly component: ComponentRecord; readonly copies: number; readonly until: number };

/**
 * Gives copies that wait a place as soon as instances are there or others leave, and writes that into the lives of
 * their components. `loads` answers the milliseconds a component's copy takes to start.
 */
export function planCopies(
  components: readonly ComponentRecord[],
  capacity: Capacity,
  now: number,
  hardware: { readonly instanceType: string; readonly each: Resources },
  loads: (component: ComponentRecord) => number,
): ComponentRecord[] {
  let planned = [...components];
  for (const moment of moments(components, capacity, now)) {
    const instances = capacity.findLast((step) => step.at <= moment)?.count ?? 0;
    const found = placeCopies(demandsAt(planned, moment, hardware.instanceType), instances, hardware.each);
    planned = planned.map((component) => {
      const more = found.get(waitingName(component)) ?? 0;
      return more === 0 ? component : startCopies(component, more, moment + loads(component));
    });
  }
  return planned;
}

/** Whether a component has copies that were not given a place yet. */
export function isWaiting({ phases }: ComponentRecord): boolean {
  const { status } = lastOf(phases);
  return status === "Creating" || status === "Updating";
}

/** The copies of all components that stay, those that wait included, in the order in which they are placed. */
export function lastingDemands(components: readonly ComponentRecord[], instanceType: string): Demand[] {
  return demandsAt(components, Number.POSITIVE_INFINITY, instanceType);
}

/** When the last of the components that go, or fail, lets go of its place; `now` where none does. */
export function lastDeparture(components: readonly ComponentRecord[], now: number): number {
  return Math.max(now, ...components.filter(isLeaving).map(({ phases }) => lastOf(phases).at));
}

function moments(components: readonly ComponentRecord[], capacity: Capacity, now: number): number[] {
  const departures = components.filter(isLeaving).map(({ phases }) => lastOf(phases).at);
  const arrivals = capacity.map((step) => step.at);
  return [...new Set([now, ...departures, ...arrivals])]
    .filter((moment) => moment >= now)
    .toSorted((left, right) => left - right);
}

function demandsAt(components: readonly ComponentRecord[], moment: number, instanceType: string): Demand[] {
  const holders = components.map(holderOf).filter((holder) => holder.until > moment);
  const held = holders.map((holder) =>
    demand(holder.component, holder.component.name, holder.copies, instanceType),
  );
  // Who has a place keeps it: those who wait come after all of them.
  const waiting = components.filter(isWaiting).map((component) => {
    const missing = component.desiredCopies - lastOf(component.phases).copies;
    return demand(component, waitingName(component), missing, instanceType);
  });
  return [...held, ...waiting];
}

function demand(component: ComponentRecord, name: string, copies: number, instanceType: string): Demand {
  const input = inputFor(specAt(component, component.specs.length), instanceType);
  const scheduling = input.SchedulingConfig;
  const packed =
    typeof scheduling === "object" && scheduling !== null && "PlacementStrategy" in scheduling
      ? scheduling.PlacementStrategy === "BINPACK"
      : false;
  return { name, copies, need: needOf(input), strategy: packed ? "BINPACK" : "SPREAD" };
}

function holderOf(component: ComponentRecord): Holder {
  const last = lastOf(component.phases);
  if (isLeaving(component)) {
    return { component, copies: component.desiredCopies, until: last.at };
  }
  const copies = isWaiting(component) ? last.copies : component.desiredCopies;
  return { component, copies, until: Number.POSITIVE_INFINITY };
}

// What fails holds its place until it has failed.
function isLeaving({ phases }: ComponentRecord): boolean {
  const { status } = lastOf(phases);
  return status === "Gone" || status === "Failed";
}

function startCopies(component: ComponentRecord, more: number, readyAt: number): ComponentRecord {
  const last = lastOf(component.phases);
  const copies = last.copies + more;
  const at = Math.max(readyAt, last.at);
  const status = copies >= component.desiredCopies ? ("InService" as const) : last.status;
  return { ...component, phases: [...component.phases, { ...last, at, status, copies }] };
}

function waitingName({ name }: ComponentRecord): string {
  // No name has a blank.
  return `${name} waiting`;
}

function lastOf(phases: readonly ComponentPhase[]): ComponentPhase {
  const last = phases.at(-1);
  if (last === undefined) {
    throw new Error("a component without phases");
  }
  return last;
}
