import { settingsOf } from "../artifacts/artifacts.ts";
import type { ComponentRecord, EndpointRecord, Fleet, Phase, VariantRecord } from "../state/records.ts";
import { componentGroup, endpointGroup } from "../telemetry/log-groups.ts";

/** A container that is started on one machine, and what becomes of it; times in milliseconds. */
export type ContainerStart = {
  readonly group: string;
  /** The variant and the machine, counted from zero: together the stream. */
  readonly variant: string;
  readonly machine: number;
  readonly container: Pick<VariantRecord, "image" | "environment" | "artifacts" | "fault"> & {
    readonly instanceType: string;
  };
  /** The container's first moment: it fetches its model. */
  readonly downloadsAt: number;
  /** The engine starts; undefined where the start ends before. */
  readonly startsAt: number | undefined;
  readonly endsAt: number;
  readonly ends: "serves" | "fails";
  /** What keeps the engine from answering. */
  readonly trouble: string | undefined;
};

/** A container that answered and stops to answer its pings, or is stopped. */
export type ContainerEnd = Pick<ContainerStart, "group" | "variant" | "machine"> & {
  readonly at: number;
  readonly why: "unhealthy" | "stopped";
};

type Life = { readonly starts: readonly ContainerStart[]; readonly ends: readonly ContainerEnd[] };

/** Every start of a container that an endpoint's plan has, also planned ones; none for components' machines. */
export function endpointStarts(record: EndpointRecord): Life {
  const { phases } = record;
  const starts = phases.flatMap((phase, index) => {
    if (!isDownload(phase)) return [];
    const engine = phases[index + 1];
    const running = engine !== undefined && isEngine(engine) ? engine : undefined;
    const next = phases[index + (running === undefined ? 1 : 2)];
    return startsOf(record, phase, running, next);
  });
  return { starts, ends: endpointEnds(record) };
}

/** When an endpoint's first container starts (milliseconds); undefined where its plan has none. */
export function firstContainerAt(record: EndpointRecord): number | undefined {
  return record.phases.find(
    (phase) => isDownload(phase) && containersOf(fleetStarted(record, phase)).length > 0,
  )?.at;
}

function startsOf(record: EndpointRecord, phase: Phase, engine: Phase | undefined, next: Phase | undefined) {
  const fleet = fleetStarted(record, phase);
  const before = phase.pending === undefined ? record.fleets[phase.serves ?? -1] : undefined;
  const failed =
    next?.status === "Failed" || next?.status === "RollingBack" || next?.failureReason !== undefined;
  const downloadsAt = phase.at;
  const endsAt = next?.at ?? engine?.at ?? phase.at;
  // A serverless variant is prepared in one phase.
  const startsAt = engine?.at ?? (isServerless(phase) ? downloadsAt + (endsAt - downloadsAt) / 2 : undefined);
  return containersOf(fleet).flatMap((variant) => {
    const machines = variant.instanceType === "" ? 1 : variant.count;
    // A rolling update builds a batch at a time; a change of counts adds to what is there.
    const there =
      before?.variants.find(({ name }) => name === variant.name)?.count ??
      Math.floor(machines * (phase.pending?.built ?? 0));
    const then = failed ? there + 1 : Math.floor(machines * (next?.pending?.built ?? 1));
    return Array.from(
      { length: Math.max(0, then - there) },
      (_, index): ContainerStart => ({
        group: endpointGroup(record.name),
        variant: variant.name,
        machine: there + index,
        container: variant,
        downloadsAt,
        startsAt,
        endsAt,
        ends: failed ? "fails" : "serves",
        trouble: (engine ?? phase).trouble,
      }),
    );
  });
}

function endpointEnds(record: EndpointRecord): ContainerEnd[] {
  return record.phases.flatMap((phase, index): ContainerEnd[] => {
    const before = record.phases[index - 1];
    const group = endpointGroup(record.name);
    const shifted = (before?.pending?.share ?? 0) > 0;
    if (phase.status === "RollingBack" && before?.pending !== undefined && shifted) {
      return machinesOf(record.fleets[before.pending.fleet]).map((place) => ({
        ...place,
        group,
        at: phase.at,
        why: "unhealthy",
      }));
    }
    if (phase.status !== "Deleting" || before?.status === "Failed") return [];
    const places = machinesOf(record.fleets[phase.desired]);
    return places.map((place) => ({ ...place, group, at: phase.at, why: "stopped" }));
  });
}

/** Every start of a copy that a component's plan has; `loadTime` says how long one loads, in milliseconds. */
export function componentStarts(
  record: ComponentRecord,
  instanceType: string,
  loadTime: (settings: Readonly<Record<string, string>>) => number,
): Life {
  // An adapter is loaded into the containers of its base.
  if (record.baseName !== undefined) return { starts: [], ends: [] };
  const place = { group: componentGroup(record.name), variant: record.variantName };
  const starts = record.phases.flatMap((phase, index) => {
    const next = record.phases[index + 1];
    if (next === undefined || next.status === "Gone" || next.status === "Deleting") return [];
    const failed = next.failureReason !== undefined && next.failureReason !== phase.failureReason;
    const replaced = next.serves !== phase.serves;
    // A new specification that fails is the one after the one that serves.
    const spec = record.specs[failed ? record.specs.length - 1 : next.serves];
    const from = failed || replaced ? 0 : phase.copies;
    const to = failed ? 1 : next.copies;
    if (spec === undefined || to <= from) return [];
    // What waits for a place waits first and loads then.
    const downloadsAt = Math.max(phase.at, next.at - loadTime(settingsOf(spec)));
    return Array.from(
      { length: to - from },
      (_, copy): ContainerStart => ({
        ...place,
        machine: from + copy,
        container: { ...spec, instanceType },
        downloadsAt,
        startsAt: downloadsAt + (next.at - downloadsAt) / 2,
        endsAt: next.at,
        ends: failed ? "fails" : "serves",
        trouble: next.trouble,
      }),
    );
  });
  const ends = record.phases.flatMap((phase) =>
    phase.status !== "Deleting"
      ? []
      : Array.from({ length: phase.copies }, (_, machine) => ({
          ...place,
          machine,
          at: phase.at,
          why: "stopped" as const,
        })),
  );
  return { starts, ends };
}

function fleetStarted(record: EndpointRecord, { pending, desired }: Phase): Fleet | undefined {
  return record.fleets[pending?.fleet ?? desired];
}

function containersOf(fleet: Fleet | undefined): VariantRecord[] {
  return fleet === undefined ? [] : [...fleet.variants, ...fleet.shadows].filter(({ image }) => image !== "");
}

function machinesOf(fleet: Fleet | undefined): { variant: string; machine: number }[] {
  return containersOf(fleet).flatMap(({ name, count, instanceType }) =>
    Array.from({ length: instanceType === "" ? 1 : count }, (_, machine) => ({ variant: name, machine })),
  );
}

function isDownload(phase: Phase): boolean {
  return phase.message?.startsWith("Downloading") === true || isServerless(phase);
}

function isServerless(phase: Phase): boolean {
  return phase.message?.startsWith("Preparing the serverless") === true;
}

function isEngine(phase: Phase): boolean {
  return phase.message?.startsWith("Starting the inference engine") === true;
}
