const MS_PER_HOUR = 3_600_000;
const MILLION = 1_000_000;

/**
 * US dollars that an endpoint costs while `elapsed` ms pass, at `pricePerHour` dollars for all of its instances. It
 * costs them whether it answers or not. Null where the price or the time is unknown.
 */
export function costOfTime(pricePerHour: number | null, elapsed: number | null): number | null {
  return pricePerHour === null || elapsed === null ? null : (pricePerHour * elapsed) / MS_PER_HOUR;
}

/**
 * US dollars for a million tokens, if the endpoint wrote one answer after the other at this rate and nothing else
 * beside: the most that they cost. Null where the price or the rate is unknown.
 */
export function costOfMillion(pricePerHour: number | null, tokensPerSecond: number | null): number | null {
  if (tokensPerSecond === null || tokensPerSecond === 0) return null;
  return costOfTime(pricePerHour, (MILLION / tokensPerSecond) * 1_000);
}
