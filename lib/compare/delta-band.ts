/**
 * How much likelier the right answer's model found a token: −3 the left one by far, 0 about equal, 3 the right one
 * by far. The page's `data-delta`.
 */
export const DELTA_BANDS = [-3, -2, -1, 0, 1, 2, 3] as const;

export type DeltaBand = (typeof DELTA_BANDS)[number];

/** Ratios of the two probabilities at which the next band begins. Fixed, so that a colour means the same everywhere. */
const RATIOS = [1.1, 1.5, 4] as const;

/** The band of a difference in nats. An edge belongs to the band farther out. */
export function deltaBand(delta: number): DeltaBand {
  const ratio = Math.exp(Math.abs(delta));
  const steps = RATIOS.filter((edge) => ratio >= edge).length;
  return DELTA_BANDS.find((band) => band === Math.sign(delta) * steps) ?? 0;
}

/** The ratios of a band for a legend, e.g. `1.5–4×`. */
export function deltaEdges(band: DeltaBand): string {
  const [slight, clear, strong] = RATIOS;
  switch (Math.abs(band)) {
    case 0:
      return `within ${slight}×`;
    case 1:
      return `${slight}–${clear}×`;
    case 2:
      return `${clear}–${strong}×`;
    default:
      return `≥ ${strong}×`;
  }
}
