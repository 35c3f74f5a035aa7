/**
 * Parts rows at random into those that something is fitted to and those that are held out to judge it, half and half, the
 * odd one held out. The same number of rows and the same seed part alike, today and on another machine.
 */
export function splitRows<Row>(rows: readonly Row[], seed: number): { fit: Row[]; heldOut: Row[] } {
  const draw = createDraws(seed);
  const order = rows.map((_, index) => index);
  // Fisher and Yates: every order is equally likely.
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draw() * (last + 1));
    const moved = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = moved;
  }
  const toFit = new Set(order.slice(0, Math.floor(rows.length / 2)));
  return {
    fit: rows.filter((_, index) => toFit.has(index)),
    heldOut: rows.filter((_, index) => !toFit.has(index)),
  };
}

/** Numbers from 0 to below 1 that a seed of 32 bits decides (mulberry32, Tommy Ettinger, public domain). */
function createDraws(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
