import type { EndpointRecord, Fleet, Phase } from "../state/records.ts";
import { phaseAt } from "./timeline.ts";
import { currentFleet } from "./view-endpoint.ts";

/** Where the fleets of a plan stand in their record. */
export type Places = { readonly serving: number; readonly next: number };

// An autoscaler may change an endpoint for months; what is older than this nobody asks for.
const KEPT_PHASES = 40;

/**
 * The record of an endpoint that serves, with another fleet planned beside the present one from now on. What
 * was stays in it: logs and metrics tell the past from the same phases.
 */
export function withNextFleet(
  endpoint: EndpointRecord,
  now: number,
  next: Fleet,
  plan: (places: Places) => Phase[],
): EndpointRecord {
  const kept = endpoint.phases.filter((phase) => phase.at <= now).slice(-KEPT_PHASES);
  const unused = Math.min(...kept.flatMap(fleetsOf));
  const past = kept.map((phase) => shifted(phase, unused));
  const fleets = endpoint.fleets.slice(unused);
  const serves = phaseAt(past, now).serves;
  // What managed scaling did to the counts becomes a fleet of its own.
  const scaled = serves === undefined || endpoint.capacity.length > 0;
  const present = scaled ? [...fleets, currentFleet(endpoint, now)] : fleets;
  const places = { serving: scaled ? fleets.length : serves, next: present.length };
  return {
    ...endpoint,
    modifiedAt: now,
    fleets: [...present, next],
    phases: [...past, ...plan(places)],
    capacity: [],
  };
}

function fleetsOf({ serves, desired, pending }: Phase): number[] {
  return [serves ?? desired, desired, pending?.fleet ?? desired];
}

function shifted(phase: Phase, by: number): Phase {
  const { serves, pending } = phase;
  return {
    ...phase,
    desired: phase.desired - by,
    ...(serves === undefined ? {} : { serves: serves - by }),
    ...(pending === undefined ? {} : { pending: { ...pending, fleet: pending.fleet - by } }),
  };
}
