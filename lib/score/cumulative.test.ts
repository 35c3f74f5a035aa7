import { describe, expect, test } from "vitest";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { fromCumulative, looksCumulative } from "./cumulative.ts";
import { scoreRun } from "./score-run.ts";

function tokens(values: (number | null)[], part = 0): TokenEvent[] {
  return values.map((logProb, index) => ({
    type: "token",
    index,
    part,
    id: index,
    text: "a",
    logProb,
    special: false,
    counts: true,
    at: 0,
  }));
}

const OWN = Array.from({ length: 25 }, (_, at) => -((at * 7) % 5) - 0.25);
const SUMS = OWN.map((_, at) => OWN.slice(0, at + 1).reduce((sum, value) => sum + value, 0));

describe("numbers that look like running sums", () => {
  test("are those that only fall, and enough of them", () => {
    expect(looksCumulative(tokens(SUMS))).toBe(true);
    expect(looksCumulative(tokens(OWN))).toBe(false);
    expect(looksCumulative(tokens(SUMS.slice(0, 19)))).toBe(false);
    expect(looksCumulative(tokens(SUMS.map(() => -1)))).toBe(false);
    expect(looksCumulative([])).toBe(false);
  });

  test("begin anew with each request", () => {
    expect(looksCumulative([...tokens(SUMS), ...tokens(SUMS, 1)])).toBe(true);
  });

  test("are converted to each token's own", () => {
    const converted = fromCumulative([...tokens(SUMS), ...tokens(SUMS, 1)]);
    for (const [at, { logProb }] of converted.entries()) expect(logProb).toBeCloseTo(OWN[at % 25] ?? 0, 9);
    expect(scoreRun(converted.slice(0, 25)).value?.jointLogProb).toBeCloseTo(SUMS.at(-1) ?? 0, 9);
  });

  test("a missing number stays missing, and noise above 0 is 0", () => {
    expect(fromCumulative(tokens([-1, null, -0.999_999])).map(({ logProb }) => logProb)).toEqual([
      -1,
      null,
      0,
    ]);
  });
});
