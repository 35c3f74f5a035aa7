import { expect, it } from "vitest";
import { costPerHour } from "./cost-per-hour.ts";

it("is count times price", () => {
  expect(costPerHour("ml.g5.xlarge", 3)).toBeCloseTo(4.224);
  expect(costPerHour("ml.g5.xlarge", 0)).toBe(0);
});

it.each([
  ["ml.p4d.24xlarge", 1],
  ["ml.unheard.of", 1],
  [null, 1],
  ["ml.g5.xlarge", null],
])("is unknown, not nothing, for %s times %s", (type, count) => {
  expect(costPerHour(type, count)).toBeNull();
});
