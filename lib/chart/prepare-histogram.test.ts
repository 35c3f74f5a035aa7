import { expect, test } from "vitest";
import { prepareHistogram } from "#lib/chart/prepare-histogram.ts";

test("every value is in one bar, edges in the bar above, one in the last", () => {
  const values = [0, 0.05, 0.1, 0.55, 0.999, 1, 1];
  const { bars, counted } = prepareHistogram(values, { bars: 10, threshold: 0.5 });
  expect(bars.map(({ count }) => count)).toEqual([2, 1, 0, 0, 0, 1, 0, 0, 0, 3]);
  expect(counted).toBe(values.length);
  for (const { from, to } of bars) expect(to - from).toBeCloseTo(0.1, 12);
});

test("the threshold marks what lies below it", () => {
  expect(prepareHistogram([0.1, 0.5, 0.9], { bars: 2, threshold: 0.5 }).below).toBe(1);
  expect(prepareHistogram([0.1, 0.5, 0.9], { bars: 2, threshold: 0 }).below).toBe(0);
});

test("nothing to count is an empty picture, not a mistake", () => {
  expect(prepareHistogram([], { bars: 3, threshold: 0.5 })).toMatchObject({ counted: 0, below: 0 });
});
