import { createHash } from "node:crypto";
import instanceTypes from "../shapes/instance-types.json" with { type: "json" };
import defaults from "./default-values.json" with { type: "json" };

/** A quota of SageMaker with the value that an account starts with. */
export type Quota = { readonly code: string; readonly name: string; readonly value: number };

/** Every quota the sandbox knows, in the order of their codes. */
export const QUOTAS: readonly Quota[] = [
  ...instanceTypes.map((type) => quota(endpointUsageName(type), defaultFor(type))),
  ...defaults.totals.map(({ name, value }) => quota(name, value)),
].toSorted((left, right) => (left.code < right.code ? -1 : 1));

/** The name AWS gives to the quota of one instance type. */
export function endpointUsageName(instanceType: string): string {
  return `${instanceType} for endpoint usage`;
}

/** The quota with this name; undefined where there is none. */
export function quotaNamed(name: string): Quota | undefined {
  return QUOTAS.find((candidate) => candidate.name === name);
}

function quota(name: string, value: number): Quota {
  // AWS's own codes are not published as a list, so the code is made from the name.
  const digest = createHash("sha256").update(name).digest("hex");
  return { code: `L-${digest.slice(0, 8).toUpperCase()}`, name, value };
}

function defaultFor(type: string): number {
  return defaults.rows.find((row) => new RegExp(`^${row.types}$`).test(type))?.value ?? 0;
}
