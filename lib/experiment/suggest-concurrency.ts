import type { Variant } from "#lib/endpoint/endpoint.ts";

/** Where nothing else is known: enough to be quick, few enough to leave room for others. */
const CAUTIOUS = 4;

const BATCH_SIZE = "OPTION_MAX_ROLLING_BATCH_SIZE";

/**
 * How many requests to send at once. `places` is what the endpoint's containers take at once, where their environment
 * says so (`max_rolling_batch_size` of each, times instances): more would wait in their queue.
 */
export function suggestConcurrency(variants: readonly Pick<Variant, "container" | "currentInstances">[]): {
  suggested: number;
  places: number | null;
} {
  const sizes = variants.map(({ container, currentInstances }) => {
    const size = Number(container?.environment[BATCH_SIZE] ?? Number.NaN);
    return Number.isInteger(size) && size > 0 ? size * Math.max(1, currentInstances ?? 1) : null;
  });
  if (sizes.length === 0 || sizes.includes(null)) return { suggested: CAUTIOUS, places: null };
  const places = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  return { suggested: Math.min(CAUTIOUS, places), places };
}
