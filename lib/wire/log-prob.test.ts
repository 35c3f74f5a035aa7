import { expect, test } from "vitest";
import { readLogProb } from "#lib/wire/log-prob.ts";

test.each([
  [-0.25, -0.25],
  [0, 0],
  // Noise of a difference of cumulative sums: as it was sent, whoever scores it decides.
  [1e-7, 1e-7],
  [-9998.9, -9998.9],
])("%s is %s nats", (value, logProb) => {
  expect(readLogProb(value)).toEqual({ logProb, note: null });
});

test("-0 is 0: JSON could not carry it further", () => {
  expect(Object.is(readLogProb(-0).logProb, 0)).toBe(true);
});

test.each([
  [undefined, "not-sent"],
  [null, "not-sent"],
  ["-0.25", "not-sent"],
  [true, "not-sent"],
  ["NaN", "not-finite"],
  ["Infinity", "not-finite"],
  ["-Infinity", "not-finite"],
  [Number.NEGATIVE_INFINITY, "not-finite"],
  [Number.POSITIVE_INFINITY, "not-finite"],
  [Number.NaN, "not-finite"],
  [-9999, "clamped"],
  [-10_000, "clamped"],
])("%s is %s, never 0", (value, note) => {
  expect(readLogProb(value)).toEqual({ logProb: null, note });
});
