import { fitTemperature, type JudgedRow, LEAST_ROWS } from "#lib/classify/fit-temperature.ts";
import { type ClassifierMeasure, measureClassifier } from "#lib/classify/measure-classifier.ts";
import { labelLogits, predictedLabel, type RowScore } from "#lib/classify/row-score.ts";
import { splitRows } from "#lib/classify/split-rows.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";

/** A row that has been answered. */
export type ScoredRow = { truth: number; score: RowScore };

type Calibration = {
  temperature: number;
  fitRows: number;
  /** Both of the held-out rows alone, which the temperature never saw. */
  raw: ClassifierMeasure;
  calibrated: ClassifierMeasure;
};

export type Judgement = {
  /** Rows by right label (first index) and predicted one; the last column is for answers that name none. */
  confusion: number[][];
  answered: number;
  /** Share of the answered rows whose prediction is right; null without rows. */
  accuracy: number | null;
  /** Of the rows with numbers, as the model said them; null where no row has any. */
  measure: ClassifierMeasure | null;
  /** Or why there is none. */
  calibration: Result<Calibration>;
};

/** Everything that is said of a classification, from its answered rows. The seed decides which rows are held out. */
export function judgeRows(rows: readonly ScoredRow[], labels: number, seed: number): Judgement {
  const confusion = Array.from({ length: labels }, () => Array.from({ length: labels + 1 }, () => 0));
  for (const { truth, score } of rows) {
    const cells = confusion[truth];
    const predicted = predictedLabel(score) ?? labels;
    if (cells !== undefined) cells[predicted] = (cells[predicted] ?? 0) + 1;
  }
  const right = confusion.reduce((sum, cells, truth) => sum + (cells[truth] ?? 0), 0);
  const judged = rows.flatMap(({ truth, score }) => {
    const logits = labelLogits(score);
    return logits === null ? [] : [{ truth, logits }];
  });
  return {
    confusion,
    answered: rows.length,
    accuracy: rows.length === 0 ? null : right / rows.length,
    measure: measureClassifier(judged, 1),
    calibration: calibrate(judged, rows.length, seed),
  };
}

function calibrate(judged: readonly JudgedRow[], answered: number, seed: number): Result<Calibration> {
  if (judged.length < LEAST_ROWS) {
    return fail({
      code: "invalid",
      message:
        judged.length === 0 && answered > 0
          ? "The answers carry no log probabilities, so there is nothing to calibrate."
          : `A temperature is not fitted to fewer than ${LEAST_ROWS} rows; there are ${judged.length}.`,
      hint: "With so few, half of them to fit and half to judge, chance would decide.",
    });
  }
  const { fit, heldOut } = splitRows(judged, seed);
  const fitted = fitTemperature(fit);
  if (!fitted.ok) return fitted;
  const raw = measureClassifier(heldOut, 1);
  const calibrated = measureClassifier(heldOut, fitted.value);
  if (raw === null || calibrated === null) throw new Error("half of at least thirty rows is held out");
  return succeed({ temperature: fitted.value, fitRows: fit.length, raw, calibrated });
}
