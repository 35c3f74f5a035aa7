import { faultOf } from "../faults/faults.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import type { Fleet, VariantRecord } from "../state/records.ts";
import { poolsOf } from "./fleet.ts";
import { decideOutcome, withoutCapacity } from "./outcome.ts";
import type { Scope } from "./scope.ts";
import type { Outcome } from "./timeline.ts";

const PROVISION_SECONDS = 300;
/** How many times longer a slow start takes. */
export const SLOW_START = 3;

/** How the start of a fleet ends, what its pools without capacity cost before it begins, and how slow it is. */
export function failureAmong(
  scope: Scope,
  fleet: Fleet,
): { outcome: Outcome; extraSeconds: number; slower: number } {
  const variants = [...fleet.variants, ...fleet.shadows];
  const extraSeconds = Math.max(...variants.map((variant) => waitForPools(scope, variant)));
  const slow = variants.some((variant) => faultOf(variant) === "slow-start");
  const dry = variants.find(
    // A variant for inference components has no container to ask for a fault, and needs machines all the same.
    (variant) => isDry(scope, variant) || variant.fault === "no-capacity",
  );
  return {
    outcome: dry === undefined ? startOf(scope, variants) : withoutCapacity(extraSeconds || undefined),
    extraSeconds,
    slower: slow ? SLOW_START : 1,
  };
}

// Variants for inference components run no container of their own.
function startOf(scope: Scope, variants: readonly VariantRecord[]): Outcome {
  return decideOutcome(
    variants
      .filter((variant) => variant.modelName !== "")
      .map((variant) => ({ ...variant, what: `production variant ${variant.name}` })),
    scope.engineState,
  );
}

/** Whether the instances a variant needs cannot be had, of none of its pools. */
export function isDry(scope: Scope, { instanceType, input }: VariantRecord): boolean {
  const types = poolsOf(input).map(typeOf);
  const wanted = types.length > 0 ? types : [instanceType];
  return wanted.every((type) => scope.switches.noCapacity.includes(type));
}

// SageMaker tries each pool for the variant's time-out before it turns to the next.
function waitForPools(scope: Scope, { input }: VariantRecord): number {
  const types = poolsOf(input).map(typeOf);
  const found = types.findIndex((type) => !scope.switches.noCapacity.includes(type));
  const tried = found === -1 ? types.length : found;
  return tried * (numberAt(input, "VariantInstanceProvisionTimeoutInSeconds") ?? PROVISION_SECONDS);
}

function typeOf(pool: JsonObject): string {
  return stringAt(pool, "InstanceType") ?? "";
}
