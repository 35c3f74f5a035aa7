import { describe, expect, test } from "vitest";
import { quoteNonFinite, scanValues } from "#lib/wire/json-values.ts";

describe("scanValues", () => {
  test("finds where glued values end", () => {
    expect(scanValues('{"a":1}{"b":[2]} [3]', 0)).toEqual({
      cuts: [7, 16, 20],
      depth: 0,
      brokenString: false,
    });
  });

  test("looks into no string", () => {
    const line = '{"a":"}{\\"]\\\\"}{';
    expect(scanValues(line, 0)).toEqual({ cuts: [line.length - 1], depth: 1, brokenString: false });
  });

  test("goes on from the depth of the line before", () => {
    expect(scanValues('  "code": 424', 1)).toEqual({ cuts: [], depth: 1, brokenString: false });
    expect(scanValues("}", 1)).toEqual({ cuts: [1], depth: 0, brokenString: false });
    expect(scanValues("]}", 2)).toEqual({ cuts: [2], depth: 0, brokenString: false });
  });

  test("says that a string does not close", () => {
    expect(scanValues('{"a":1}{"te', 0)).toEqual({ cuts: [7], depth: 1, brokenString: true });
    expect(scanValues('{"a\\"}', 0).brokenString).toBe(true);
    expect(scanValues('{"a\\', 0).brokenString).toBe(true);
  });

  test("does not let a bracket too many hide the value after it", () => {
    expect(scanValues('}}{"a":1}', 0).cuts).toEqual([9]);
  });
});

describe("quoteNonFinite", () => {
  test.each([
    ['{"log_prob": NaN}', { log_prob: "NaN" }],
    ['{"log_prob": -Infinity}', { log_prob: "-Infinity" }],
    ["[NaN, Infinity,-Infinity, -1]", ["NaN", "Infinity", "-Infinity", -1]],
    ['{"text": "NaN -Infinity", "log_prob": NaN}', { text: "NaN -Infinity", log_prob: "NaN" }],
    ['{"text": "\\"NaN", "log_prob": Infinity}', { text: '"NaN', log_prob: "Infinity" }],
  ])("%s", (json, value) => {
    expect(JSON.parse(quoteNonFinite(json))).toEqual(value);
  });

  test("leaves everything else as it is", () => {
    for (const json of ['{"text": "NaN"}', '{"a": 1}', '{"text": "NaN', ""]) {
      expect(quoteNonFinite(json)).toBe(json);
    }
  });
});
