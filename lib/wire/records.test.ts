import { expect, test } from "vitest";
import { isRecord, readList, readNumber, readString } from "#lib/wire/records.ts";

test.each([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ["{}", false],
  [undefined, false],
])("%j is an object: %s", (value, expected) => {
  expect(isRecord(value)).toBe(expected);
});

test("fields of another type read as nothing, never as something else", () => {
  expect([1, 0, -0.5].map(readNumber)).toEqual([1, 0, -0.5]);
  expect(["1", null, true, Number.NaN, Number.POSITIVE_INFINITY].map(readNumber)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(["", "a"].map(readString)).toEqual(["", "a"]);
  expect([1, null, ["a"], undefined].map(readString)).toEqual([null, null, null, null]);
  expect([["a"], [], "a", null, { length: 1 }].map(readList)).toEqual([["a"], [], [], [], []]);
});
