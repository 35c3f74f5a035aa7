import { expect, test } from "vitest";
import { evaluateExpression, type Line } from "./metric-math.ts";

const MINUTE = 60_000;
const LINES: Readonly<Record<string, Line>> = {
  errors: {
    seconds: 60,
    points: new Map([
      [0, 1],
      [MINUTE, 2],
    ]),
  },
  all: {
    seconds: 60,
    points: new Map([
      [0, 4],
      [MINUTE, 0],
      [2 * MINUTE, 8],
    ]),
  },
};

function compute(expression: string): [number, number][] {
  const lookup = (id: string) => {
    const line = LINES[id];
    if (line === undefined) throw new Error(`Undefined id '${id}'`);
    return line;
  };
  return [...evaluateExpression(expression, { lookup, from: 0, to: 4 * MINUTE }).points].map(
    ([at, value]) => [at / MINUTE, value],
  );
}

test.each<[string, [number, number][]]>([
  [
    "errors",
    [
      [0, 1],
      [1, 2],
    ],
  ],
  // Where a side has no value or the divisor is zero there is no value.
  ["100 * errors / all", [[0, 25]]],
  [
    "1 + 2 * errors - 3",
    [
      [0, 0],
      [1, 2],
    ],
  ],
  [
    "(1 + 2) * errors",
    [
      [0, 3],
      [1, 6],
    ],
  ],
  [
    "-errors",
    [
      [0, -1],
      [1, -2],
    ],
  ],
  [
    "FILL(errors, 0) + all",
    [
      [0, 5],
      [1, 2],
      [2, 8],
    ],
  ],
  [
    "FILL(errors, 7)",
    [
      [0, 1],
      [1, 2],
      [2, 7],
      [3, 7],
    ],
  ],
  [
    "MAX([errors, all])",
    [
      [0, 4],
      [1, 2],
      [2, 8],
    ],
  ],
  [
    "SUM([errors,all])",
    [
      [0, 5],
      [1, 2],
      [2, 8],
    ],
  ],
  [
    "errors / SUM(errors)",
    [
      [0, 1 / 3],
      [1, 2 / 3],
    ],
  ],
  [
    "all / PERIOD(all)",
    [
      [0, 4 / 60],
      [1, 0],
      [2, 8 / 60],
    ],
  ],
  [
    "CEIL(errors / 2)",
    [
      [0, 1],
      [1, 1],
    ],
  ],
])("%s", (expression, expected) => {
  expect(compute(expression)).toEqual(expected);
});

test.each([
  ["nobody + 1", "Undefined id 'nobody'"],
  ["SEARCH(errors)", "Unsupported function 'SEARCH'"],
  ["constructor(errors)", "Unsupported function 'constructor'"],
  ["1 + 1", "The expression must return a single time series"],
  ["errors +", "The expression ends too early"],
  ["errors errors", "Unexpected 'errors'"],
  ["(errors", "Expected ')' but found 'the end'"],
  ["[errors, all] + 1", "A list of time series cannot be an operand"],
  ["FILL(errors)", "Unsupported arguments of 'FILL'"],
  ["errors ; all", "Unexpected ';'"],
])("refuses %s", (expression, reason) => {
  expect(() => compute(expression)).toThrow(reason);
});
