/** log(Σ exp(v)): a sum of probabilities that are given by their logarithms. Minus infinity for none. */
export function logSumExp(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  // Factored out, so that neither e⁸⁰⁰ nor e⁻⁸⁰⁰ is ever computed.
  if (!Number.isFinite(largest)) return largest;
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** log(exp(whole) − exp(part)), minus infinity where nothing is left but rounding. */
export function logDifference(whole: number, part: number): number {
  return part >= whole ? Number.NEGATIVE_INFINITY : whole + Math.log1p(-Math.exp(part - whole));
}
