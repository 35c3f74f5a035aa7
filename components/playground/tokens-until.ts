/** How many of these had arrived by then, both in ms. Stamps never fall, so nothing else need be looked at. */
export function tokensUntil(tokens: readonly { at: number }[], moment: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.at ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
