import type { ComponentSpec, Fleet, VariantRecord } from "../state/records.ts";
import type { Scope } from "./scope.ts";

/** A fleet about to be started, with the fault that was asked for it; one of an earlier start is gone. */
export function struckFleet(scope: Scope, endpoint: string, fleet: Fleet): Fleet {
  const fault = scope.startFault({ endpoint });
  const struck = ({ fault: _earlier, ...variant }: VariantRecord): VariantRecord =>
    fault === undefined ? variant : { ...variant, fault };
  return { ...fleet, variants: fleet.variants.map(struck), shadows: fleet.shadows.map(struck) };
}

/** The same for the specification of an inference component. */
export function struckSpec(
  scope: Scope,
  place: { readonly endpoint: string; readonly component: string },
  spec: ComponentSpec,
): ComponentSpec {
  const fault = scope.startFault(place);
  return fault === undefined ? spec : { ...spec, fault };
}
