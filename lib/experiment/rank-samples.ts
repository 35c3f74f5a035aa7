import type { Cell } from "./experiment-view.ts";

/** Samples with the same text. `first` stands for them; the others may differ from it in tokens and numbers. */
export type AnswerGroup = {
  first: Cell;
  samples: Cell[];
  /** 1 is the most probable distinct answer; answers with the same value share a rank. Null without numbers. */
  jointRank: number | null;
  meanRank: number | null;
  /** The two ranks differ: how long the answers are decides which of them comes first. */
  hasLengthEffect: boolean;
};

export const SAMPLE_SORTS = [
  "position",
  "joint",
  "mean",
  "per-byte",
  "tokens",
  "finish",
  "words",
  "count",
] as const;

export type SampleSort = (typeof SAMPLE_SORTS)[number];

export type SampleArrangement = { sort: SampleSort; descending: boolean };

/**
 * Distinct complete answers with their ranks by joint and by mean log probability. Only what is done is ranked: the
 * sum of half an answer is greater than that of all of it.
 */
export function rankSamples(cells: readonly Cell[]): AnswerGroup[] {
  const byNumber = new Map<number, Cell[]>();
  for (const cell of cells) {
    if (cell.answerNumber === null) continue;
    byNumber.set(cell.answerNumber, [...(byNumber.get(cell.answerNumber) ?? []), cell]);
  }
  const groups = [...byNumber.values()].map((samples) => ({ first: likeliest(samples), samples }));
  const joints = groups.map(({ first }) => first.score?.jointLogProb ?? null);
  const means = groups.map(({ first }) => first.score?.meanLogProb ?? null);
  return groups.map(({ first, samples }, index) => {
    const jointRank = rankOf(joints[index] ?? null, joints);
    const meanRank = rankOf(means[index] ?? null, means);
    return { first, samples, jointRank, meanRank, hasLengthEffect: jointRank !== meanRank };
  });
}

/** What is not ranked, in order: runs under way, waiting, failed and stopped. */
export function unrankedSamples(cells: readonly Cell[]): Cell[] {
  return cells.filter(({ answerNumber }) => answerNumber === null);
}

/** Groups in the wanted order; those without a value come last in both directions. */
export function arrangeSamples(
  groups: readonly AnswerGroup[],
  { sort, descending }: SampleArrangement,
): AnswerGroup[] {
  const sign = descending ? -1 : 1;
  return groups.toSorted((left, right) => {
    const [one, other] = [keyOf(left, sort), keyOf(right, sort)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    const order = typeof one === "string" ? one.localeCompare(String(other), "en") : one - Number(other);
    return sign * order || left.first.position - right.first.position;
  });
}

/** One text can come in several tokenizations: the most probable one says how probable the text is at least. */
function likeliest(samples: readonly Cell[]): Cell {
  return samples.reduce((best, sample) =>
    (sample.score?.jointLogProb ?? Number.NEGATIVE_INFINITY) >
    (best.score?.jointLogProb ?? Number.NEGATIVE_INFINITY)
      ? sample
      : best,
  );
}

function rankOf(value: number | null, all: readonly (number | null)[]): number | null {
  if (value === null) return null;
  return 1 + all.filter((other) => other !== null && other > value).length;
}

function keyOf({ first, samples }: AnswerGroup, sort: SampleSort): number | string | null {
  switch (sort) {
    case "position":
      return first.position;
    case "joint":
      return first.score?.jointLogProb ?? null;
    case "mean":
      return first.score?.meanLogProb ?? null;
    case "per-byte":
      return first.score?.bitsPerByte ?? null;
    case "tokens":
      return first.tokens;
    case "finish":
      return first.finishReason?.raw ?? null;
    case "words":
      return first.answer.trim();
    case "count":
      return samples.length;
  }
}
