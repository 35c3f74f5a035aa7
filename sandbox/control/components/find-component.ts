import { validationException } from "../../aws-error.ts";
import type { ComponentRecord } from "../../state/records.ts";
import { arnOf } from "../arns.ts";
import { keyOf, type Scope } from "../scope.ts";
import { exists } from "../timeline.ts";

/** The inference component with this name that still exists, or undefined. */
export function findComponent(scope: Scope, name: string): ComponentRecord | undefined {
  const component = scope.store.get("components", scope.region, keyOf(name));
  return component !== undefined && exists(component, scope.clock.now()) ? component : undefined;
}

/** The inference component with this name; throws AWS's "Could not find inference component". */
export function requireComponent(scope: Scope, name: string): ComponentRecord {
  const component = findComponent(scope, name);
  if (component === undefined) {
    const arn = arnOf("inference-component", scope.region, name);
    throw validationException(`Could not find inference component "${arn}".`);
  }
  return component;
}

/** The inference components of an endpoint that still exist, adapters included, oldest first. */
export function componentsOf(scope: Scope, endpointName: string): ComponentRecord[] {
  const now = scope.clock.now();
  return scope.store
    .all("components", scope.region)
    .filter((component) => component.endpointName === endpointName && exists(component, now))
    .toSorted((left, right) => left.createdAt - right.createdAt || (left.name < right.name ? -1 : 1));
}
