import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { scoreRun } from "#lib/score/score-run.ts";

const vectors = z
  .array(
    z.object({
      name: z.string(),
      values: z.array(z.number()),
      score: z.object({
        jointLogProb: z.number(),
        meanLogProb: z.number(),
        confidence: z.number(),
        perplexity: z.number(),
        bits: z.number(),
        bitsPerByte: z.number(),
      }),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("./fixtures/score-vectors.json", import.meta.url), "utf8")));

function token(logProb: number | null, more: Partial<TokenEvent> = {}): TokenEvent {
  return {
    type: "token",
    index: 0,
    part: 0,
    id: 1,
    text: "aé",
    logProb,
    special: false,
    counts: true,
    at: 0,
    ...more,
  };
}

function tokens(values: (number | null)[]): TokenEvent[] {
  return values.map((value) => token(value));
}

/** Within 1e-9 of the larger of 1 and the number itself. */
function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
}

describe("numbers computed elsewhere", () => {
  test.each(vectors)("$name", ({ values, score }) => {
    const { value, countedTokens } = scoreRun(tokens(values));
    expect(countedTokens).toBe(values.length);
    expectClose(value?.jointLogProb, score.jointLogProb);
    expectClose(value?.meanLogProb, score.meanLogProb);
    expectClose(value?.confidence, score.confidence);
    expectClose(value?.perplexity, score.perplexity);
    expectClose(value?.bits, score.bits);
    expectClose(value?.bitsPerByte ?? undefined, score.bitsPerByte);
  });

  test("the geometric mean of the probabilities, by multiplying them", () => {
    const probabilities = [0.9, 0.5, 0.25, 0.99, 0.1, 0.7];
    const { value } = scoreRun(tokens(probabilities.map(Math.log)));
    const product = probabilities.reduce((sofar, probability) => sofar * probability, 1);
    expectClose(value?.confidence, product ** (1 / probabilities.length));
    expectClose(Math.exp(value?.jointLogProb ?? 0), product);
    expectClose(value?.bits, -Math.log2(product));
    expectClose((value?.perplexity ?? 0) * (value?.confidence ?? 0), 1);
  });
});

describe("what is left out, and why", () => {
  test("every reason is named, and the rest is scored without them", () => {
    const score = scoreRun([
      token(-1),
      token(null, { logProbNote: "not-sent" }),
      token(null, { logProbNote: "not-finite" }),
      token(null, { logProbNote: "clamped" }),
      token(null, { logProbNote: "clamped" }),
      token(-8, { special: true, text: "<s>" }),
      token(-8, { channel: "reasoning" }),
      token(null, { id: -1, text: "", counts: false }),
      token(-3),
    ]);
    expect(score).toMatchObject({ countedTokens: 2, value: { jointLogProb: -4, meanLogProb: -2 } });
    expect(score.leftOut).toEqual([
      { reason: "not-sent", count: 1 },
      { reason: "not-finite", count: 1 },
      { reason: "clamped", count: 2 },
      { reason: "special", count: 2 },
      { reason: "not-a-token", count: 1 },
    ]);
  });

  test("a number that is missing without a note was not sent", () => {
    expect(scoreRun(tokens([null])).leftOut).toEqual([{ reason: "not-sent", count: 1 }]);
  });

  test("the end-of-text token has no text and stays out", () => {
    const score = scoreRun([token(-1), token(-0.125, { id: 128_009, text: "" })]);
    expect(score).toMatchObject({ countedTokens: 1, value: { jointLogProb: -1 } });
    expect(score.leftOut).toEqual([{ reason: "special", count: 1 }]);
  });

  test("the first pieces of a character have no text either, and count", () => {
    const score = scoreRun([token(-1, { text: "" }), token(-2, { text: "" }), token(-3, { text: "😊" })]);
    expect(score).toMatchObject({ countedTokens: 3, value: { jointLogProb: -6 }, leftOut: [] });
  });

  test("nothing to score is no score, never 0 %", () => {
    expect(scoreRun([])).toEqual({ countedTokens: 0, leftOut: [], raisedAboveZero: 0, value: null });
    expect(scoreRun(tokens([null, null])).value).toBeNull();
    expect(scoreRun([token(-1, { text: "" })]).value).toBeNull();
  });
});

test("noise above 0 is 0, and is counted", () => {
  const score = scoreRun(tokens([1e-7, -0.5, 2e-9]));
  expect(score).toMatchObject({ countedTokens: 3, raisedAboveZero: 2, value: { jointLogProb: -0.5 } });
  expect(scoreRun(tokens([1e-7])).value).toMatchObject({ confidence: 1, perplexity: 1, bits: 0 });
});

test("an impossible text has confidence 0 and an infinite perplexity, not NaN", () => {
  expect(scoreRun(tokens([-9_998, -9_998])).value?.confidence).toBe(0);
  expect(scoreRun(tokens([-9_998])).value?.perplexity).toBe(Number.POSITIVE_INFINITY);
});

test("bits for each byte are unknown without text and where half a character came", () => {
  expect(scoreRun([token(-1, { text: "" }), token(-1)]).value?.bitsPerByte).toBeCloseTo(2 / Math.LN2 / 3, 12);
  expect(scoreRun([token(-1, { text: "\uFFFD" }), token(-1)]).value?.bitsPerByte).toBeNull();
});
