import { describe, expect, it } from "vitest";
import {
  formatBits,
  formatCost,
  formatDuration,
  formatNats,
  formatProbability,
  quoteToken,
} from "./format-score.ts";

describe("numbers", () => {
  it.each([
    [1, "1.000"],
    [0.99999, "> 0.999"],
    [0.5, "0.500"],
    [0.00012, "1.2e-4"],
    [0, "0.000"],
  ])("never rounds probability %f to a certainty it is not", (value, words) => {
    expect(formatProbability(value)).toBe(words);
  });

  it.each([
    [0, "$0.00"],
    [0.0000004, "under $0.000001"],
    [0.00038, "$0.00038"],
    [0.0042, "$0.0042"],
    [0.12, "$0.12"],
    [0.5, "$0.50"],
    [15.666, "$15.67"],
  ])("says a cost of %f dollars with two digits that mean something", (dollars, words) => {
    expect(formatCost(dollars)).toBe(words);
  });

  it("writes log probabilities in nats", () => {
    expect(formatNats(-1.28650093)).toBe("-1.287");
    expect(formatNats(-0)).toBe("0");
    expect(formatNats(-0.0000123)).toBe("-1.2e-5");
  });

  it("turns nats into bits", () => {
    expect(formatBits(Math.log(0.25))).toBe("2.00");
    expect(formatBits(0)).toBe("0.00");
  });

  it("changes from milliseconds to seconds", () => {
    expect(formatDuration(999.4)).toBe("999 ms");
    expect(formatDuration(1234)).toBe("1.23 s");
  });
});

describe("quoteToken", () => {
  it("writes invisible characters out", () => {
    expect(quoteToken(" a\n\u200e\u202e")).toBe("“ a\\n\\u{200e}\\u{202e}”");
    expect(quoteToken("\ufffd")).toBe("“\\u{fffd}”");
  });
});
