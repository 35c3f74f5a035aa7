import { describe, expect, it } from "vitest";
import { chooseTicks } from "./choose-ticks.ts";

describe("chooseTicks", () => {
  it.each([
    [1, 7, 8, [1, 2, 3, 4, 5, 6, 7]],
    [1, 256, 6, [50, 100, 150, 200, 250]],
    [1, 10_000, 6, [2_000, 4_000, 6_000, 8_000, 10_000]],
    [-9, 0, 4, [-5, 0]],
    [-3, 0, 4, [-3, -2, -1, 0]],
    [0, 0, 4, [0]],
  ])("marks %d to %d with at most %d round numbers", (from, to, most, ticks) => {
    expect(chooseTicks(from, to, most)).toEqual(ticks);
  });

  it("never marks more than it may, nor beyond the ends", () => {
    for (let to = 0; to < 3_000; to += 7) {
      const ticks = chooseTicks(1, to, 6);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every((tick) => tick >= 1 && tick <= to)).toBe(true);
    }
  });
});
