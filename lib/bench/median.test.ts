import { expect, test } from "vitest";
import { median, percentile } from "./median.ts";

test("the middle of an even count lies between two", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test("percentiles interpolate, and the ends are the ends", () => {
  expect(percentile([10, 20, 30], 0)).toBe(10);
  expect(percentile([10, 20, 30], 1)).toBe(30);
  expect(percentile([10, 20, 30], 0.75)).toBe(25);
});

test("nothing has no middle", () => {
  expect(median([])).toBeNaN();
});
