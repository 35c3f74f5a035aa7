import { describe, expect, test } from "vitest";
import { judgeRows, type ScoredRow } from "./judge-rows.ts";

function row(truth: number, p: number | null): ScoredRow {
  return {
    truth,
    score: {
      method: p === null ? "text" : "alternatives",
      logProbs: p === null ? [null, null] : [Math.log(p), Math.log(1 - p)],
      isBound: [false, false],
      elsewhere: 0,
      unseen: 0,
      leastSeen: null,
      answered: p === null ? truth : null,
    },
  };
}

const RIGHT = Array.from({ length: 32 }, (_, index) => row(index % 2, index % 2 === 0 ? 0.95 : 0.05));
const WRONG = Array.from({ length: 8 }, (_, index) => row(index % 2, index % 2 === 0 ? 0.1 : 0.9));

test("right and predicted labels are counted against each other", () => {
  const { confusion, accuracy, answered } = judgeRows(
    [row(0, 0.9), row(0, 0.2), row(1, 0.3), row(1, null)],
    2,
    1,
  );
  expect(confusion).toEqual([
    [1, 1, 0],
    [0, 2, 0],
  ]);
  expect([accuracy, answered]).toEqual([0.75, 4]);
});

test("an answer that names no label is a prediction of none", () => {
  const lost = row(1, null);
  const { confusion } = judgeRows([{ ...lost, score: { ...lost.score, answered: null } }], 2, 1);
  expect(confusion[1]).toEqual([0, 0, 1]);
});

describe("calibration", () => {
  test("is judged by rows that the temperature never saw", () => {
    const { calibration, measure } = judgeRows([...RIGHT, ...WRONG], 2, 1);
    if (!calibration.ok) throw new Error(calibration.failure.message);
    const { temperature, fitRows, raw, calibrated } = calibration.value;
    expect([fitRows, raw.rows, calibrated.rows, measure?.rows]).toEqual([20, 20, 20, 40]);
    expect(temperature).toBeGreaterThan(1);
    expect(calibrated.logLoss).toBeLessThan(raw.logLoss);
  });

  test.each([
    ["few rows", RIGHT.slice(0, 29), "A temperature is not fitted to fewer than 30 rows; there are 29."],
    [
      "no numbers",
      [row(0, null)],
      "The answers carry no log probabilities, so there is nothing to calibrate.",
    ],
    ["no rows", [], "A temperature is not fitted to fewer than 30 rows; there are 0."],
    [
      "no mistakes",
      RIGHT,
      "No row that the temperature would be fitted to is wrong, so the best one would be zero.",
    ],
  ])("refuses %s and says why", (_what, rows, message) => {
    expect(judgeRows(rows, 2, 1).calibration).toMatchObject({ ok: false, failure: { message } });
  });
});
