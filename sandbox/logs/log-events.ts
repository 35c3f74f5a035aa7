import { downloadSeconds } from "../control/plan-start.ts";
import { keyOf, type Scope } from "../control/scope.ts";
import { viewEndpoint } from "../control/view-endpoint.ts";
import { seedFromText } from "../random.ts";
import type { ComponentRecord, EndpointRecord } from "../state/records.ts";
import { instanceId } from "../telemetry/instance-id.ts";
import { componentGroup, endpointGroup } from "../telemetry/log-groups.ts";
import {
  type ContainerEnd,
  type ContainerStart,
  componentStarts,
  endpointStarts,
  firstContainerAt,
} from "./container-starts.ts";
import { endLines, startLines, type TimedLine } from "./start-lines.ts";

/** A line of a log group; times in milliseconds. `position` orders all lines of a group and is unique there. */
export type LogEvent = {
  readonly position: string;
  readonly stream: string;
  readonly at: number;
  readonly ingestedAt: number;
  readonly message: string;
};

const DIGITS = 56;
// As long as a copy takes on a machine that runs already: image and engine.
const COPY_SECONDS = 100;

/** The names of the region's groups with the moment (milliseconds) each came to be, in order of their names. */
export function logGroups(scope: Scope): { name: string; createdAt: number }[] {
  const now = scope.clock.now();
  const found = new Map<string, number>();
  function note(name: string, at: number | undefined): void {
    if (at !== undefined && at <= now) found.set(name, Math.min(at, found.get(name) ?? at));
  }
  for (const record of scope.store.all("endpoints", scope.region)) {
    note(endpointGroup(record.name), firstContainerAt(record));
  }
  for (const record of scope.store.all("components", scope.region)) {
    for (const { downloadsAt } of lifeOfComponent(scope, record).starts)
      note(componentGroup(record.name), downloadsAt);
  }
  for (const line of scope.telemetry.lines.read(scope.region, () => true)) note(line.group, line.at);
  return [...found]
    .map(([name, createdAt]) => ({ name, createdAt }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

/** Every line of a group that is written by now, oldest first: none where there is no such group. */
export function logEvents(scope: Scope, group: string): LogEvent[] {
  const now = scope.clock.now();
  const written = scope.telemetry.lines
    .read(scope.region, (name) => name === group)
    .map(({ id, stream, at, ingestedAt, message }) => ({
      position: `${String(Math.round(at)).padStart(15, "0")}1${String(id).padStart(DIGITS - 16, "0")}`,
      stream,
      at: Math.round(at),
      ingestedAt: Math.round(ingestedAt),
      message,
    }));
  return [...plannedEvents(scope, group), ...written]
    .filter(({ at }) => at <= now)
    .toSorted((left, right) => (left.position < right.position ? -1 : 1));
}

/**
 * Keeps the lines of a record that is about to be replaced: they are told from its plan, and that goes. Lines
 * of one that is planned and not written yet are dropped with the plan.
 */
export function keepLines(scope: Scope, group: string): void {
  for (const { stream, at, ingestedAt, message } of plannedEvents(scope, group)) {
    if (at > scope.clock.now()) continue;
    scope.telemetry.lines.add({ region: scope.region, group, stream, at, ingestedAt, message });
  }
}

function plannedEvents(scope: Scope, group: string): LogEvent[] {
  const [, kind, name = ""] = /^\/aws\/sagemaker\/(Endpoints|InferenceComponents)\/(.+)$/.exec(group) ?? [];
  if (kind === undefined) return [];
  const isEndpoint = kind === "Endpoints";
  const component = isEndpoint ? undefined : scope.store.get("components", scope.region, keyOf(name));
  const endpoint = scope.store.get("endpoints", scope.region, keyOf(component?.endpointName ?? name));
  // Names differ in case only where they are none of this group's.
  if (endpoint === undefined || (component ?? endpoint).name !== name) return [];
  if (!isEndpoint && component === undefined) return [];
  const { starts, ends } =
    component === undefined ? endpointStarts(endpoint) : lifeOfComponent(scope, component);
  return [
    ...starts.flatMap((start) => eventsOf(endpoint, start, startLines(start))),
    ...ends.flatMap((end) => eventsOf(endpoint, end, endLines(end))),
  ];
}

function eventsOf(
  endpoint: EndpointRecord,
  { variant, machine }: ContainerStart | ContainerEnd,
  lines: readonly TimedLine[],
): LogEvent[] {
  const stream = `${variant}/${instanceId(endpoint, variant, machine)}`;
  const chance = String(seedFromText(stream)).padStart(10, "0");
  return lines.map(({ at, message }, index) => {
    const moment = Math.round(at);
    const order = `${chance}${String(index).padStart(5, "0")}`;
    return {
      position: `${String(moment).padStart(15, "0")}0${order.padStart(DIGITS - 16, "0")}`,
      stream,
      at: moment,
      ingestedAt: moment,
      message,
    };
  });
}

function lifeOfComponent(scope: Scope, record: ComponentRecord) {
  const endpoint = scope.store.get("endpoints", scope.region, keyOf(record.endpointName));
  const variants = endpoint === undefined ? [] : viewEndpoint(endpoint, scope.clock.now()).variants;
  const variant = variants.find((view) => view.variant.name === record.variantName)?.variant;
  return componentStarts(record, variant?.instanceType ?? "", (settings) =>
    scope.clock.shorten(COPY_SECONDS + downloadSeconds(settings)),
  );
}
