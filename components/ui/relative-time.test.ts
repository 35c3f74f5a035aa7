import { expect, it } from "vitest";
import { relativeTime } from "./relative-time.ts";

it.each([
  [0, "just now"],
  [4_000, "just now"],
  [59_000, "59 s ago"],
  [60_000, "1 min ago"],
  [3_599_000, "59 min ago"],
  [3_600_000, "1 h ago"],
  [90_000_000, "1 d ago"],
])("tells %i ms as %s", (age, words) => {
  expect(relativeTime(1_000_000_000, 1_000_000_000 + age)).toBe(words);
});

it("does not tell the future when clocks differ", () => {
  expect(relativeTime(2_000, 1_000)).toBe("just now");
});
