import type { Scope } from "../control/scope.ts";
import { findLife } from "./endpoint-life.ts";
import { instanceId } from "./instance-id.ts";
import { componentGroup, endpointGroup } from "./log-groups.ts";

/** Where a line of a container belongs; `machine` counts from zero. */
export type Place = {
  readonly endpoint: string;
  readonly variant: string;
  readonly component?: string | null;
  readonly machine?: number;
};

/** Adds lines that a container writes now to its log stream; lines of an endpoint that is gone are dropped. */
export function writeLines(scope: Scope, place: Place, text: string): void {
  const life = findLife(scope, place.endpoint);
  if (life === undefined) return;
  const component = place.component ?? null;
  const now = scope.clock.now();
  const stream = `${place.variant}/${instanceId(life, place.variant, place.machine ?? 0)}`;
  const group = component === null ? endpointGroup(life.name) : componentGroup(component);
  for (const message of text.split("\n")) {
    if (message === "") continue;
    scope.telemetry.lines.add({ region: scope.region, group, stream, at: now, ingestedAt: now, message });
  }
}
