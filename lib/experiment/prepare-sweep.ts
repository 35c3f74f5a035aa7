import type { FinishReason } from "#lib/run/run-event.ts";
import type { Cell } from "./experiment-view.ts";

type FinishKind = FinishReason["kind"];

/** A range over the samples that are done at one temperature. */
type Spread = { least: number; middle: number; most: number };

/** What the samples of one temperature say together. Only samples that are done count. */
export type SweepStep = {
  temperature: number;
  done: number;
  total: number;
  /** exp(mean log probability): of each sample least and most, in the middle of all their tokens together. */
  confidence: (Spread & { samples: number }) | null;
  distinctAnswers: number;
  /** Tokens of an answer; the middle is the mean. */
  tokens: Spread | null;
  /** How many ended for which reason. */
  finishes: { kind: FinishKind; count: number }[];
};

type SweepPoint = { temperature: number; position: number; confidence: number | null; tokens: number };

export type Sweep = {
  steps: SweepStep[];
  /** Every sample that is done. */
  points: SweepPoint[];
  /** Kinds that occur, in a fixed order, so that a reason keeps its colour. */
  finishKinds: FinishKind[];
  mostTokens: number;
  mostDone: number;
};

const KINDS: readonly FinishKind[] = [
  "end-of-text",
  "stop-sequence",
  "length",
  "tool-calls",
  "content-filter",
  "unknown",
  "interrupted",
];

/** What a sweep has come to so far, by temperature from low to high: gaps where nothing is done yet. */
export function prepareSweep(cells: readonly Cell[]): Sweep {
  const temperatures = [...new Set(cells.flatMap(({ temperature }) => temperature ?? []))].toSorted(
    (a, b) => a - b,
  );
  const steps = temperatures.map((temperature) => {
    const all = cells.filter((cell) => cell.temperature === temperature);
    return stepOf(temperature, all);
  });
  const done = cells.filter(({ state }) => state === "done");
  return {
    steps,
    points: done.flatMap(({ temperature, position, score, tokens }) =>
      temperature === null
        ? []
        : [
            {
              temperature,
              position,
              confidence: score === null ? null : Math.exp(score.meanLogProb),
              tokens,
            },
          ],
    ),
    finishKinds: KINDS.filter((kind) => done.some(({ finishReason }) => finishReason?.kind === kind)),
    mostTokens: Math.max(0, ...done.map(({ tokens }) => tokens)),
    mostDone: Math.max(0, ...steps.map((step) => step.done)),
  };
}

function stepOf(temperature: number, cells: readonly Cell[]): SweepStep {
  const done = cells.filter(({ state }) => state === "done");
  return {
    temperature,
    done: done.length,
    total: cells.length,
    confidence: confidenceOf(done),
    distinctAnswers: new Set(done.map(({ answerNumber }) => answerNumber)).size,
    tokens: tokensOf(done),
    finishes: KINDS.flatMap((kind) => {
      const count = done.filter(({ finishReason }) => finishReason?.kind === kind).length;
      return count === 0 ? [] : [{ kind, count }];
    }),
  };
}

function confidenceOf(cells: readonly Cell[]): SweepStep["confidence"] {
  const scores = cells.flatMap(({ score }) => score ?? []);
  if (scores.length === 0) return null;
  const joint = scores.reduce((sum, { jointLogProb }) => sum + jointLogProb, 0);
  const tokens = scores.reduce((sum, { countedTokens }) => sum + countedTokens, 0);
  const means = scores.map(({ meanLogProb }) => meanLogProb);
  return {
    least: Math.exp(Math.min(...means)),
    middle: Math.exp(joint / tokens),
    most: Math.exp(Math.max(...means)),
    samples: scores.length,
  };
}

function tokensOf(cells: readonly Cell[]): Spread | null {
  if (cells.length === 0) return null;
  const counts = cells.map(({ tokens }) => tokens);
  const sum = counts.reduce((total, tokens) => total + tokens, 0);
  return { least: Math.min(...counts), middle: sum / counts.length, most: Math.max(...counts) };
}
