import type { EndpointStatus } from "#lib/endpoint/endpoint.ts";

/**
 * US dollars since SageMaker accepted a deployment, at a price for each hour, as if its machines had run all the
 * time: an upper bound, since AWS bills from when they start. Nothing runs before the acceptance, and a failed
 * endpoint has no machines: null then, and where the price is unknown.
 */
export function costOf({
  acceptedAt,
  status,
  pricePerHour,
  asOf,
}: {
  /** Epoch ms. */
  acceptedAt: number | null;
  status: EndpointStatus | null;
  pricePerHour: number | null;
  /** Epoch ms. */
  asOf: number;
}): number | null {
  if (acceptedAt === null || pricePerHour === null || status === null || status === "Failed") return null;
  return (Math.max(0, asOf - acceptedAt) / 3_600_000) * pricePerHour;
}
