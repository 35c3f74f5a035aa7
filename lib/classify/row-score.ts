import { logSumExp } from "#lib/classify/log-sum-exp.ts";

/**
 * Where a row's numbers come from. `alternatives`: the answer's first tokens and what else the model weighed there.
 * `forced`: each label was put behind the prompt and its tokens' own log probabilities came back. `answer`: only the
 * tokens of the answer have a number. `text`: there is no number at all, only the words of the answer.
 */
export type ScoringMethod = "alternatives" | "forced" | "answer" | "text";

/** What one row's answer says of every label. */
export type RowScore = {
  method: ScoringMethod;
  /** Nats, by label: that the answer begins with one of its variants. Null: the wire did not show it. */
  logProbs: (number | null)[];
  /** By label: a hundredth or more of its number is of its first tokens alone, so it is at most so much. */
  isBound: boolean[];
  /** Probability of beginnings that were seen and are no label, 0 to 1. */
  elsewhere: number;
  /** What is left of 1: nobody knows where it went. 0 to 1. */
  unseen: number;
  /** The least probability that was seen at the first place; an unseen token has at most this much. Null: no bound. */
  leastSeen: number | null;
  /** The label that the answer itself begins with, null for none. */
  answered: number | null;
};

/** So much at least is given to a label that was not seen: nothing is impossible for a softmax. */
const LEAST = 1e-12;

/**
 * The labels' log probabilities with none missing, in nats: labels that were not seen share the unseen mass evenly,
 * each at most the least probability that was seen. Null where there is no number at all.
 */
export function labelLogits({ method, logProbs, unseen, leastSeen }: RowScore): number[] | null {
  if (method === "text") return null;
  const missing = logProbs.filter((value) => value === null).length;
  const share = missing === 0 ? 0 : Math.min(unseen / missing, leastSeen ?? 1);
  return logProbs.map((value) => value ?? Math.log(Math.max(share, LEAST)));
}

/** The label with the most probability; by the words of the answer where there are no numbers. Null: none. */
export function predictedLabel(score: RowScore): number | null {
  const logits = labelLogits(score);
  if (logits === null) return score.answered;
  return logits.reduce((best, value, index) => (value > (logits[best] ?? 0) ? index : best), 0);
}

/** Completes a score from the labels' own log probabilities. */
export function totalUp(
  parts: readonly (readonly number[])[],
  elsewhere: number,
): Pick<RowScore, "logProbs" | "elsewhere" | "unseen"> {
  const logProbs = parts.map((logs) => {
    const sum = logSumExp(logs);
    return Number.isFinite(sum) ? Math.min(sum, 0) : null;
  });
  const seen = logProbs.reduce((sum: number, value) => sum + (value === null ? 0 : Math.exp(value)), 0);
  // After rounding on the wire what was seen may add up to a little more than one.
  return { logProbs, elsewhere, unseen: Math.max(0, 1 - seen - elsewhere) };
}
