import { expect, test } from "vitest";
import { prepareSweep } from "./prepare-sweep.ts";
import { prepareSweepCharts } from "./prepare-sweep-charts.ts";
import { doneCell } from "./scripted-cells.ts";

const CUT = { raw: "length", kind: "length" } as const;

const CHARTS = prepareSweepCharts(
  prepareSweep([
    doneCell(0, { temperature: 0.5, answerNumber: 1, logProbs: [-1] }),
    doneCell(1, { temperature: 0.5, answerNumber: 1, logProbs: [-1, -1, -1], finishReason: CUT }),
    doneCell(2, { temperature: 1, answerNumber: 2, logProbs: [] }),
    doneCell(3, { temperature: 1.5, state: "waiting", answerNumber: null, score: null }),
  ]),
);

test("all pictures share one axis with room at its ends", () => {
  const axes = Object.values(CHARTS).map(({ axis }) => axis);
  expect(new Set(axes.map((axis) => JSON.stringify(axis)))).toEqual(
    new Set([JSON.stringify({ ticks: [0.5, 1, 1.5], domain: [0.25, 1.75] })]),
  );
});

test("confidence has gaps where no sample has numbers, and always goes to 1", () => {
  expect(CHARTS.confidence.rows.map(({ value }) => value)).toEqual([Math.exp(-1), null, null]);
  expect(CHARTS.confidence.points).toHaveLength(2);
  expect(CHARTS.confidence.top).toBe(1);
});

test("lengths go from 0 to the longest answer", () => {
  expect(CHARTS.tokens).toMatchObject({ top: 3, whole: true });
  expect(CHARTS.tokens.rows.map(({ value }) => value)).toEqual([2, 0, null]);
});

test("distinct answers stand on repetitions, and reasons keep their order", () => {
  expect(CHARTS.distinct.rows[0]).toEqual({ temperature: 0.5, distinct: 1, repeated: 1 });
  expect(CHARTS.finishes.bars.map(({ key }) => key)).toEqual(["end-of-text", "length"]);
  expect(CHARTS.finishes.rows[0]).toEqual({ temperature: 0.5, "end-of-text": 1, length: 1 });
});
