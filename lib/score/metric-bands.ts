import type { TokenRank } from "#lib/score/measure-token.ts";
import { BANDS, type Band, bandEdges, type ScoreUnit } from "#lib/score/probability-band.ts";

/** What the heatmap can show. The first three are one quantity in three units and share their colours. */
export const METRICS = ["probability", "log-prob", "surprisal", "entropy", "rank"] as const;

export type Metric = (typeof METRICS)[number];

/** Lower edge of each band in bits, least sure first: the probability bands' own edges as surprisal. */
const ENTROPY_EDGES = [3.32, 2, 1, 0.51, 0.15, 0] as const;

/** The band of an entropy in bits: 0 the most open choice, 5 hardly a choice at all. */
export function entropyBand(bits: number): Band {
  return BANDS.find((band) => bits >= ENTROPY_EDGES[band]) ?? 5;
}

/** Ranks have four steps (1, 2 to 5, 6 to 20, beyond), drawn with four of the six bands. */
export function rankBand({ rank }: TokenRank): Band {
  if (rank === 1) return 5;
  if (rank <= 5) return 3;
  return rank <= 20 ? 1 : 0;
}

/** The legend of a metric: its bands with their numbers, least sure first. */
export function legendOf(metric: Metric): { band: Band; edges: string }[] {
  switch (metric) {
    case "entropy":
      return BANDS.map((band) => ({ band, edges: entropyEdges(band) }));
    case "rank":
      return [
        { band: 0, edges: "> 20" },
        { band: 1, edges: "6–20" },
        { band: 3, edges: "2–5" },
        { band: 5, edges: "1" },
      ];
    default:
      return BANDS.map((band) => ({ band, edges: bandEdges(band, metric satisfies ScoreUnit) }));
  }
}

function entropyEdges(band: Band): string {
  const lower = ENTROPY_EDGES[band];
  if (band === 0) return `≥ ${lower}`;
  const upper = ENTROPY_EDGES[band - 1] ?? lower;
  return band === 5 ? `< ${upper}` : `${lower}–${upper}`;
}
