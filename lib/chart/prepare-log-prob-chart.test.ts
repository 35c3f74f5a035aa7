import { expect, test } from "vitest";
import { prepareLogProbChart } from "#lib/chart/prepare-log-prob-chart.ts";

function tokens(values: (number | null)[]) {
  return values.map((logProb, index) => ({ index, logProb, counts: true }));
}

test("a short run has a point for each token, and a gap where there is no number", () => {
  const { points, tokensPerPoint } = prepareLogProbChart(tokens([-1, null, -0.5]));
  expect(tokensPerPoint).toBe(1);
  expect(points.map(({ mean }) => mean)).toEqual([-1, null, -0.5]);
  expect(points[1]).toMatchObject({ lowest: null, lowestIndex: null });
});

test("a long run keeps its dips and names their tokens", () => {
  const values = Array.from({ length: 10_000 }, (_, index) => (index === 7_777 ? -12.5 : -0.1));
  const { points, domain } = prepareLogProbChart(tokens(values));
  expect(points.length).toBeLessThanOrEqual(400);
  const dips = points.filter(({ lowest }) => lowest === -12.5);
  expect(dips).toHaveLength(1);
  expect(dips[0]?.lowestIndex).toBe(7_777);
  expect(domain).toEqual([-13, 0]);
  expect(points.reduce((sum, point) => sum + point.tokens, 0)).toBe(10_000);
});

test("what is no token has no place, what lies above zero by rounding is zero", () => {
  const run = [...tokens([1e-6, -1]), { index: 2, logProb: null, counts: false }];
  expect(prepareLogProbChart(run).points.map(({ mean }) => mean)).toEqual([0, -1]);
});

test("an empty or a certain run has an axis all the same", () => {
  expect(prepareLogProbChart([]).domain).toEqual([-1, 0]);
  expect(prepareLogProbChart(tokens([0, 0])).domain).toEqual([-1, 0]);
});
