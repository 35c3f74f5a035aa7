import { expect, test } from "vitest";
import { sumExactly } from "#lib/score/sum-exactly.ts";

/** Adds multiples of 2^-60 as whole numbers, so that nothing is rounded. */
function sumAsIntegers(values: readonly number[]): number {
  const scaled = values.map((value) => BigInt(value * 2 ** 60));
  return Number(scaled.reduce((sum, value) => sum + value, 0n)) / 2 ** 60;
}

test("keeps what a plain sum rounds away", () => {
  expect(sumExactly([1, 1e100, 1, -1e100])).toBe(2);
  expect(sumExactly([0.1, 0.2, -0.3])).toBeCloseTo(2.7755575615628914e-17, 25);
});

test("agrees with integers on a hundred thousand terms, where a plain sum does not", () => {
  const values = Array.from(
    { length: 100_000 },
    (_, index) => -((index * 7919) % 104_729) / 2 ** 20 - 2 ** -50,
  );
  const exact = sumAsIntegers(values);
  expect(sumExactly(values)).toBe(exact);
  expect(values.reduce((sum, value) => sum + value, 0)).not.toBe(exact);
});

test("of nothing is 0", () => {
  expect(sumExactly([])).toBe(0);
  expect(Object.is(sumExactly([-0]), -0)).toBe(false);
});
