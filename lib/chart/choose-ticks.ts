/** How far apart the marks of an axis may stand: these, and each of them times ten, a hundred … */
const STEPS = [1, 2, 5];

/**
 * Whole numbers for the marks of an axis from `from` to `to`, both included where they are round: multiples of 1, 2 or
 * 5 times a power of ten, at most `most` of them. Chosen here, since a chart that chooses for itself measures every
 * label in the page first, which makes the browser lay out the whole of it.
 */
export function chooseTicks(from: number, to: number, most: number): number[] {
  const step = stepOf(to - from, most);
  const ticks: number[] = [];
  // Adding 0 turns -0 into 0.
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick + 0);
  return ticks;
}

function stepOf(span: number, most: number): number {
  for (let power = 1; ; power *= 10) {
    // One more mark than steps fits into a span.
    const step = STEPS.find((part) => Math.floor(span / (part * power)) + 1 <= most);
    if (step !== undefined) return step * power;
  }
}
