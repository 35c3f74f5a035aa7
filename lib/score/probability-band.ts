/** 0 is the least sure (p below .1), 5 the surest (p of .9 and more, drawn bare). The page's `data-band`. */
export const BANDS = [0, 1, 2, 3, 4, 5] as const;

export type Band = (typeof BANDS)[number];

/** The unit of the scale's numbers. The bands are the same in each: a token never changes colour with the unit. */
export type ScoreUnit = "probability" | "log-prob" | "surprisal";

/** Lower edge of each band, as a probability. Fixed, never taken from the answer: live colours must not change. */
const LOWER_EDGES = [0, 0.1, 0.25, 0.5, 0.7, 0.9] as const;

/** The band of a log probability in nats. An edge belongs to the band above it; noise above 0 is sure. */
export function probabilityBand(logProb: number): Band {
  const probability = Math.exp(logProb);
  return BANDS.findLast((band) => probability >= LOWER_EDGES[band]) ?? 0;
}

/** The band's range for a legend, e.g. `.7–.9`, `−0.36 to −0.11` nats, `0.15–0.51` bits. */
export function bandEdges(band: Band, unit: ScoreUnit): string {
  const lower = LOWER_EDGES[band];
  const upper = band === 5 ? 1 : (LOWER_EDGES[band + 1] ?? 1);
  switch (unit) {
    case "probability":
      if (band === 0) return `< ${short(upper)}`;
      return band === 5 ? `≥ ${short(lower)}` : `${short(lower)}–${short(upper)}`;
    case "log-prob":
      if (band === 0) return `< ${nats(upper)}`;
      return band === 5 ? `≥ ${nats(lower)}` : `${nats(lower)} to ${nats(upper)}`;
    case "surprisal":
      // Surprisal falls as probability rises: the band's upper edge in p is its lower edge in bits.
      if (band === 0) return `> ${bits(upper)}`;
      return band === 5 ? `≤ ${bits(lower)}` : `${bits(upper)}–${bits(lower)}`;
  }
}

function short(probability: number): string {
  return String(probability).replace(/^0/, "");
}

function nats(probability: number): string {
  return Math.log(probability).toFixed(2).replace("-", "−");
}

function bits(probability: number): string {
  return (-Math.log2(probability)).toFixed(2);
}
