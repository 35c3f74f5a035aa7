import { settingsOf } from "../artifacts/artifacts.ts";
import { keyOf, type Scope } from "../control/scope.ts";
import type { EndpointRecord, Fleet, Phase } from "../state/records.ts";

/** A variant's machines: what they run, and when they went through what (milliseconds; null: never). */
export type VariantLife = {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly instanceType: string;
  readonly machines: number;
  /** The container starts to fetch its model: its first line. */
  readonly downloadsAt: number | null;
  readonly startsAt: number | null;
  readonly servesAt: number | null;
  readonly failsAt: number | null;
  /** The machines are gone. */
  readonly endsAt: number | null;
};

/** An endpoint as its machines lived it, also one that is deleted. */
export type EndpointLife = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly variants: readonly VariantLife[];
};

/** The lives of all endpoints of a region that were not replaced by one of the same name. */
export function endpointLives(scope: Scope): EndpointLife[] {
  return scope.store.all("endpoints", scope.region).map(lifeOf);
}

/** The life of one endpoint; undefined where there never was one. */
export function findLife(scope: Scope, name: string): EndpointLife | undefined {
  const record = scope.store.get("endpoints", scope.region, keyOf(name));
  return record === undefined ? undefined : lifeOf(record);
}

function lifeOf(record: EndpointRecord): EndpointLife {
  const { phases } = record;
  const times = {
    downloadsAt: begins(phases, (phase) => phase.message?.startsWith("Downloading") === true),
    startsAt: begins(phases, (phase) => phase.message?.startsWith("Starting the inference engine") === true),
    servesAt: begins(phases, (phase) => phase.status === "InService"),
    failsAt: begins(phases, (phase) => phase.status === "Failed"),
    endsAt: begins(phases, (phase) => phase.status === "Deleting" || phase.status === "Gone"),
  };
  return {
    name: record.name,
    arn: record.arn,
    createdAt: record.createdAt,
    variants: fleetOf(record).variants.map((variant) => ({
      name: variant.name,
      image: variant.image,
      environment: settingsOf(variant),
      instanceType: variant.instanceType,
      machines: variant.count,
      ...times,
    })),
  };
}

/** The machines that the record's life leads to; what an update replaced is the past of the same streams. */
function fleetOf(record: EndpointRecord): Fleet {
  const fleet = record.fleets[record.phases.at(-1)?.desired ?? 0];
  if (fleet === undefined) throw new Error("an endpoint whose phases point to no fleet");
  return fleet;
}

function begins(phases: readonly Phase[], fits: (phase: Phase) => boolean): number | null {
  return phases.find(fits)?.at ?? null;
}
