import { expect, it } from "vitest";
import { costOf } from "./cost-of.ts";

const HOUR = 3_600_000;

it("counts the hours since the acceptance at the price of an hour", () => {
  const cost = costOf({ acceptedAt: HOUR, status: "InService", pricePerHour: 1.408, asOf: HOUR * 3.5 });
  expect(cost).toBeCloseTo(3.52, 12);
});

it("says nothing where there is no price, no machine or no endpoint", () => {
  const known = { acceptedAt: 0, status: "InService", pricePerHour: 1, asOf: HOUR } as const;
  expect(costOf({ ...known, pricePerHour: null })).toBeNull();
  expect(costOf({ ...known, acceptedAt: null })).toBeNull();
  expect(costOf({ ...known, status: "Failed" })).toBeNull();
  expect(costOf({ ...known, status: null })).toBeNull();
});
