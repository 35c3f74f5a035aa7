import type { TokenEvent } from "#lib/run/run-event.ts";

/** Fewer falling numbers in a row than this may be chance. */
const ENOUGH = 20;

/**
 * Whether the numbers of an answer look like running sums instead of each token's own: at least 20 of them, each lower
 * than the one before within its request. An early vLLM sample of LMI shows such (djl-serving pull request 1353).
 */
export function looksCumulative(tokens: readonly TokenEvent[]): boolean {
  const counted = tokens.filter(({ counts, special, logProb }) => counts && !special && logProb !== null);
  if (counted.length < ENOUGH) return false;
  return counted.every((token, at) => {
    const before = counted[at - 1];
    if (before === undefined || before.part !== token.part) return true;
    return (token.logProb ?? 0) < (before.logProb ?? 0);
  });
}

/**
 * Running sums to each token's own number: its difference to the one before in its request, 0 at most. Alternatives
 * are left out, since their numbers stand on a sum that is not sent.
 */
export function fromCumulative(tokens: readonly TokenEvent[]): TokenEvent[] {
  let part = -1;
  let sum = 0;
  return tokens.map((token) => {
    if (token.part !== part) {
      part = token.part;
      sum = 0;
    }
    if (token.logProb === null || !token.counts) return token;
    const { alternatives: _, ...own } = token;
    const logProb = Math.min(token.logProb - sum, 0);
    sum = token.logProb;
    return { ...own, logProb };
  });
}
