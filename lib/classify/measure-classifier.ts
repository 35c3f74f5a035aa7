import type { JudgedRow } from "#lib/classify/fit-temperature.ts";
import { logSoftmax } from "#lib/classify/softmax.ts";

/** Rows whose confidence lies from `from` (inclusive) to `to` (exclusive, 1 in the last). Null: no row is there. */
export type ReliabilityBin = {
  from: number;
  to: number;
  count: number;
  confidence: number | null;
  accuracy: number | null;
};

export type ClassifierMeasure = {
  rows: number;
  /** Share of rows whose likeliest label is the right one. */
  accuracy: number;
  /** Mean over rows of −ln of the right label's probability, in nats. */
  logLoss: number;
  /** Mean over rows of Σ over labels (probability − [is the right one])²: 0 at best, 2 at worst. */
  brier: number;
  /** Expected calibration error: Σ over bins of (share of rows) · |accuracy − mean confidence|. */
  calibrationError: number;
  bins: ReliabilityBin[];
};

const BINS = 10;

/**
 * Measures a classifier whose probabilities are softmax(logits / temperature). Confidence is the probability of the
 * likeliest label. Null without rows.
 */
export function measureClassifier(rows: readonly JudgedRow[], temperature: number): ClassifierMeasure | null {
  if (rows.length === 0) return null;
  const judged = rows.map(({ logits, truth }) => judge(logSoftmax(logits, temperature), truth));
  const mean = (value: (row: Judged) => number) =>
    judged.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const bins = reliabilityBins(judged);
  return {
    rows: rows.length,
    accuracy: mean(({ isRight }) => (isRight ? 1 : 0)),
    logLoss: mean(({ loss }) => loss),
    brier: mean(({ brier }) => brier),
    calibrationError: bins.reduce(
      (sum, { count, accuracy, confidence }) =>
        sum + (count / rows.length) * Math.abs((accuracy ?? 0) - (confidence ?? 0)),
      0,
    ),
    bins,
  };
}

type Judged = { confidence: number; isRight: boolean; loss: number; brier: number };

function judge(logProbs: readonly number[], truth: number): Judged {
  const best = logProbs.reduce((most, value, label) => (value > (logProbs[most] ?? 0) ? label : most), 0);
  return {
    confidence: Math.exp(logProbs[best] ?? Number.NEGATIVE_INFINITY),
    isRight: best === truth,
    loss: -(logProbs[truth] ?? Number.NEGATIVE_INFINITY),
    brier: logProbs.reduce(
      (sum, value, label) => sum + (Math.exp(value) - (label === truth ? 1 : 0)) ** 2,
      0,
    ),
  };
}

function reliabilityBins(judged: readonly Judged[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inside = judged.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    const mean = (value: (row: Judged) => number) =>
      inside.length === 0 ? null : inside.reduce((sum, row) => sum + value(row), 0) / inside.length;
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      count: inside.length,
      confidence: mean(({ confidence }) => confidence),
      accuracy: mean(({ isRight }) => (isRight ? 1 : 0)),
    };
  });
}
