/**
 * Sum with Neumaier's correction: what each addition rounds away is added up separately. Over 100 000 tokens a
 * plain sum is off in the tenth digit, and two ways to the same score would then disagree on screen.
 */
export function sumExactly(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
