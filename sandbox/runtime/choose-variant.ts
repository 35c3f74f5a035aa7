import type { EndpointRecord, VariantRecord } from "../state/records.ts";

/** The variant a request goes to: the one it names, else one drawn by weight; undefined where there is none. */
export function chooseVariant(
  endpoint: EndpointRecord,
  target: string | undefined,
  random: () => number,
): VariantRecord | undefined {
  if (target !== undefined) {
    return endpoint.variants.find((variant) => variant.name === target);
  }
  const total = endpoint.variants.reduce((sum, variant) => sum + variant.weight, 0);
  // Weights are shares of the sum, whatever the sum is.
  let rest = random() * total;
  // With all weights at zero AWS still has to send the request somewhere.
  return (
    endpoint.variants.find((variant) => {
      rest -= variant.weight;
      return rest < 0;
    }) ?? endpoint.variants[0]
  );
}
