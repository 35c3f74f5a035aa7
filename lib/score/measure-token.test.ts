import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { entropyOf, measureToken, rankOf } from "#lib/score/measure-token.ts";

function alternatives(...probabilities: number[]) {
  return probabilities.map((probability, id) => ({ id, text: `t${id}`, logProb: Math.log(probability) }));
}

function token(id: number, probability: number, ...others: number[]) {
  return { id, text: `t${id}`, logProb: Math.log(probability), alternatives: alternatives(...others) };
}

const vectors = z
  .array(z.object({ known: z.array(z.number()), bits: z.number() }))
  .parse(JSON.parse(readFileSync(new URL("./fixtures/entropy-vectors.json", import.meta.url), "utf8")));

describe("entropy over the known alternatives", () => {
  test.each([
    ["a fair coin", [0.5, 0.5], 1],
    ["four alike", [0.25, 0.25, 0.25, 0.25], 2],
    ["certainty", [1], 0],
    // -(.5 log .5 + .25 log .25 + .25 log .25) with the last quarter unseen.
    ["the rest as one outcome", [0.5, 0.25], 1.5],
    // By hand in another base: (0.7 ln 0.7 + 0.2 ln 0.2 + 0.1 ln 0.1) / -ln 2.
    ["three unlike ones", [0.7, 0.2, 0.1], 1.1567796494470395],
  ])("%s", (_name, known, bits) => {
    expect(entropyOf(known)).toBeCloseTo(bits, 12);
  });

  test.each(vectors)("of $known.length, computed elsewhere", ({ known, bits }) => {
    expect(Math.abs(entropyOf(known) - bits)).toBeLessThan(1e-9);
  });

  test("never above the entropy of the whole distribution", () => {
    const whole = [0.4, 0.3, 0.1, 0.08, 0.06, 0.04, 0.02];
    for (let seen = 1; seen < whole.length - 1; seen += 1) {
      expect(entropyOf(whole.slice(0, seen))).toBeLessThan(entropyOf(whole));
    }
  });
});

describe("rank", () => {
  test("counts what stands above the token", () => {
    expect(rankOf(token(0, 0.6, 0.6, 0.3))).toEqual({ rank: 1, atLeast: false });
    expect(rankOf(token(1, 0.3, 0.6, 0.3, 0.05))).toEqual({ rank: 2, atLeast: false });
  });

  test("is a bound where the token is not in the list", () => {
    expect(rankOf(token(9, 0.01, 0.6, 0.3))).toEqual({ rank: 3, atLeast: true });
    // In the middle of a list it is not part of, nothing unlisted can stand above it.
    expect(rankOf(token(9, 0.2, 0.6, 0.1))).toEqual({ rank: 2, atLeast: false });
  });

  test("is unknown without alternatives or without a number", () => {
    expect(rankOf({ id: 1, text: "a", logProb: -1 })).toBeNull();
    expect(rankOf({ ...token(0, 0.5, 0.5), logProb: null })).toBeNull();
  });

  test("knows the token by its text where there are no ids", () => {
    const listed = alternatives(0.6, 0.3).map((alternative) => ({ ...alternative, id: null }));
    expect(rankOf({ id: null, text: "t1", logProb: Math.log(0.3), alternatives: listed })?.rank).toBe(2);
  });
});

describe("a token", () => {
  test("without a number has no measure that needs one, and none is zero", () => {
    expect(measureToken({ id: 1, text: "a", logProb: null })).toEqual({
      probability: null,
      logProb: null,
      surprisal: null,
      entropy: null,
      rank: null,
      unseenMass: null,
    });
  });

  test("above zero by rounding is certain, not more than that", () => {
    expect(measureToken({ id: 1, text: "a", logProb: 1e-7 })).toMatchObject({
      probability: 1,
      logProb: 0,
      surprisal: 0,
    });
  });

  test("with its alternatives says what part of the vocabulary is unseen", () => {
    const measure = measureToken(token(2, 0.05, 0.6, 0.3));
    expect(measure.unseenMass).toBeCloseTo(0.05, 12);
    expect(measure.surprisal).toBeCloseTo(Math.log2(20), 12);
  });

  test("is counted once where the list names it too", () => {
    expect(measureToken(token(0, 0.6, 0.6, 0.3)).unseenMass).toBeCloseTo(0.1, 12);
  });

  test("takes an alternative without a number for unseen", () => {
    const listed = [...alternatives(0.5), { id: 7, text: "x", logProb: null }];
    expect(measureToken({ id: 0, text: "t0", logProb: Math.log(0.5), alternatives: listed }).unseenMass).toBe(
      0.5,
    );
  });
});
