import { describe, expect, it } from "vitest";
import { costOfMillion, costOfTime } from "./cost-of-time.ts";

describe("costOfTime", () => {
  it.each([
    [1.41, 3_600_000, 1.41],
    [1.41, 0, 0],
    // A sixtieth of a sixtieth.
    [3.6, 1_000, 0.001],
    [0, 5_000, 0],
  ])("%f dollars an hour for %i ms are %f dollars", (price, elapsed, dollars) => {
    expect(costOfTime(price, elapsed)).toBeCloseTo(dollars, 12);
  });

  it("is unknown where the price or the time is", () => {
    expect(costOfTime(null, 1_000)).toBeNull();
    expect(costOfTime(1, null)).toBeNull();
  });
});

describe("costOfMillion", () => {
  it("is the price of the seconds that a million tokens take", () => {
    const hours = 1_000_000 / 25 / 60 / 60;
    expect(costOfMillion(1.41, 25)).toBeCloseTo(1.41 * hours, 9);
  });

  it.each([
    [null, 25],
    [1.41, null],
    [1.41, 0],
  ])("is unknown for %j dollars an hour and %j tokens a second", (price, rate) => {
    expect(costOfMillion(price, rate)).toBeNull();
  });
});
