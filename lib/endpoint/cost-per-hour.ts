import { findInstanceType } from "#lib/lmi/instance-types.ts";

/**
 * US dollars per hour for `count` instances on demand in us-east-1, as an estimate; null where the price or the
 * count is unknown: an unknown price is not nothing.
 */
export function costPerHour(instanceType: string | null, count: number | null): number | null {
  if (instanceType === null || count === null) return null;
  const price = findInstanceType(instanceType)?.pricePerHour ?? null;
  return price === null ? null : price * count;
}
