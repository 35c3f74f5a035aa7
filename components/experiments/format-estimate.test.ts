import { expect, test } from "vitest";
import { formatDollars, formatRange, formatSpan } from "./format-estimate.ts";

test.each([
  [0.4, "under a second"],
  [12.4, "12 s"],
  [89, "89 s"],
  [90, "2 min"],
  [3_600, "60 min"],
  [5_400, "1.5 h"],
])("%d seconds are %s", (seconds, words) => {
  expect(formatSpan(seconds)).toBe(words);
});

test("a range says one thing where both ends read alike, and a cost below a cent is not nothing", () => {
  expect(formatRange({ from: 3, to: 41 }, formatSpan)).toBe("3 s to 41 s");
  expect(formatRange({ from: 0.0001, to: 0.004 }, formatDollars)).toBe("under 1 cent");
  expect(formatDollars(0)).toBe("$0.00");
  expect(formatDollars(1.408)).toBe("$1.41");
});
