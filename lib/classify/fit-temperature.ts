import { logSoftmax } from "#lib/classify/softmax.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** A row that a classifier can be judged by: log probabilities by label in nats, and the right label. */
export type JudgedRow = { logits: readonly number[]; truth: number };

/** With fewer rows the temperature would say more about these rows than about the model. */
export const LEAST_ROWS = 30;

const COLDEST = 1e-3;
const HOTTEST = 1e3;

/**
 * The temperature T at which softmax(logits / T) gives the right labels the highest likelihood (Guo et al. 2017, On
 * Calibration of Modern Neural Networks, section 4.2). The loss is convex in 1/T, so the place where its slope is zero
 * is found by bisection, to the last digit.
 *
 * Fails where there is no such place: a model that is never wrong would be right to be infinitely sure, one that is
 * wrong more often the surer it is would need T below zero.
 */
export function fitTemperature(rows: readonly JudgedRow[]): Result<number> {
  if (rows.length === 0) return fail({ code: "invalid", message: "There are no rows to fit to." });
  if (slope(rows, 1 / COLDEST) <= 0) {
    return fail({
      code: "invalid",
      message: "No row that the temperature would be fitted to is wrong, so the best one would be zero.",
      hint: "Add harder rows: a model that is always right has nothing to be calibrated by.",
    });
  }
  if (slope(rows, 1 / HOTTEST) >= 0) {
    return fail({
      code: "invalid",
      message: "The model is not more often right where it is surer, so no temperature helps.",
      hint: "Look at the confusion matrix: the labels or the prompt may mean something else to the model.",
    });
  }
  let [low, high] = [Math.log(1 / HOTTEST), Math.log(1 / COLDEST)];
  for (let step = 0; step < 200 && high - low > Number.EPSILON; step += 1) {
    const middle = (low + high) / 2;
    if (slope(rows, Math.exp(middle)) < 0) low = middle;
    else high = middle;
  }
  return succeed(Math.exp(-(low + high) / 2));
}

/** d/dβ of Σ −log softmax(β·logits)[truth], with β = 1/T: expected minus right logit, summed. Grows with β. */
function slope(rows: readonly JudgedRow[], beta: number): number {
  return rows.reduce((sum, { logits, truth }) => {
    const expected = logSoftmax(logits, 1 / beta).reduce(
      (total, logProb, label) => total + Math.exp(logProb) * (logits[label] ?? 0),
      0,
    );
    return sum + expected - (logits[truth] ?? 0);
  }, 0);
}
