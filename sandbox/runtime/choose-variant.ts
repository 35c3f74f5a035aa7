import type { VariantRecord } from "../state/records.ts";

/** The variant a request goes to: the one it names, else one drawn by weight; undefined where there is none. */
export function chooseVariant(
  variants: readonly VariantRecord[],
  target: string | undefined,
  random: () => number,
): VariantRecord | undefined {
  if (target !== undefined) {
    return variants.find((variant) => variant.name === target);
  }
  const total = variants.reduce((sum, variant) => sum + variant.weight, 0);
  // Weights are shares of the sum, whatever the sum is.
  let rest = random() * total;
  // With all weights at zero AWS still has to send the request somewhere.
  return (
    variants.find((variant) => {
      rest -= variant.weight;
      return rest < 0;
    }) ?? variants[0]
  );
}
