import { expect, test } from "vitest";
import { prepareSweep } from "./prepare-sweep.ts";
import { doneCell } from "./scripted-cells.ts";

const CELLS = [
  doneCell(0, { temperature: 1, answerNumber: 1, logProbs: [-1, -2, -3] }),
  doneCell(1, { temperature: 0, answerNumber: 2, logProbs: [-0.5] }),
  doneCell(2, {
    temperature: 1,
    answerNumber: 3,
    logProbs: [-0.2],
    finishReason: { raw: "length", kind: "length" },
  }),
  doneCell(3, { temperature: 0, answerNumber: 2, logProbs: [] }),
  doneCell(4, { temperature: 1.5, state: "waiting", answerNumber: null, score: null, finishReason: null }),
];

test("each temperature says what its finished samples say together", () => {
  const { steps, points, finishKinds } = prepareSweep(CELLS);
  expect(steps.map(({ temperature, done, total }) => [temperature, done, total])).toEqual([
    [0, 2, 2],
    [1, 2, 2],
    [1.5, 0, 1],
  ]);
  // All four tokens of temperature 1 together, the geometric mean of their probabilities, by products.
  const product = Math.exp(-1) * Math.exp(-2) * Math.exp(-3) * Math.exp(-0.2);
  expect(steps[1]?.confidence?.middle).toBeCloseTo(product ** (1 / 4), 12);
  expect(steps[1]?.confidence?.least).toBeCloseTo(Math.exp(-2), 12);
  expect(steps[1]?.confidence?.most).toBeCloseTo(Math.exp(-0.2), 12);
  expect(steps[1]?.tokens).toEqual({ least: 1, middle: 2, most: 3 });
  expect(steps.map(({ distinctAnswers }) => distinctAnswers)).toEqual([1, 2, 0]);
  expect(steps[1]?.finishes).toEqual([
    { kind: "end-of-text", count: 1 },
    { kind: "length", count: 1 },
  ]);
  expect(finishKinds).toEqual(["end-of-text", "length"]);
  expect(points.map(({ temperature, position }) => [temperature, position])).toEqual([
    [1, 0],
    [0, 1],
    [1, 2],
    [0, 3],
  ]);
});

test("a gap is a gap: without numbers there is no confidence, without answers no length", () => {
  const { steps, points } = prepareSweep(CELLS);
  expect(steps[0]?.confidence?.samples).toBe(1);
  expect(points[3]?.confidence).toBeNull();
  expect(steps[2]).toMatchObject({ confidence: null, tokens: null, finishes: [] });
});
