import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { findSpans } from "#lib/score/find-spans.ts";
import { placeTokens } from "#lib/score/place-tokens.ts";
import { scoreSpans, weakestSpans } from "#lib/score/score-spans.ts";

function answer(pieces: [text: string, logProb: number | null, more?: Partial<TokenEvent>][]) {
  return placeTokens(
    pieces.map(([text, logProb, more], index) => ({
      type: "token",
      index,
      part: 0,
      id: index,
      text,
      logProb,
      special: false,
      counts: true,
      at: index,
      ...more,
    })),
  );
}

function scored(pieces: Parameters<typeof answer>[0], kind: Parameters<typeof findSpans>[1]) {
  const placed = answer(pieces);
  return scoreSpans(placed, findSpans(placed.text, kind));
}

const vectors = z
  .array(
    z.object({
      tokens: z.array(z.tuple([z.string(), z.number()])),
      spans: z.array(
        z.object({
          text: z.string(),
          tokens: z.number(),
          jointLogProb: z.number(),
          meanLogProb: z.number(),
          confidence: z.number(),
          weakest: z.number(),
        }),
      ),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("./fixtures/span-vectors.json", import.meta.url), "utf8")));

test.each(vectors)("words of an answer cut at random, computed elsewhere", ({ tokens, spans }) => {
  const found = scored(tokens, "word");
  expect(found.map(({ text, countedTokens }) => [text, countedTokens])).toEqual(
    spans.map(({ text, tokens: counted }) => [text, counted]),
  );
  for (const [at, span] of spans.entries()) {
    const score = found[at]?.score;
    for (const name of ["jointLogProb", "meanLogProb", "confidence", "weakest"] as const) {
      expect(Math.abs((score?.[name] ?? Number.NaN) - span[name])).toBeLessThan(1e-9);
    }
  }
});

describe("the tokens of a span", () => {
  test("are those that share a character with it, whole", () => {
    const [word, next] = scored(
      [
        ["Wal", -0.1],
        ["king", -0.3],
        [" helps.", -2],
      ],
      "word",
    );
    expect(word).toMatchObject({ text: "Walking", firstToken: 0, lastToken: 1, countedTokens: 2 });
    expect(word?.score?.jointLogProb).toBeCloseTo(-0.4, 12);
    expect(word?.score?.confidence).toBeCloseTo(Math.sqrt(Math.exp(-0.1) * Math.exp(-0.3)), 12);
    expect(word?.score?.weakest).toBe(-0.3);
    expect(next).toMatchObject({ text: "helps", firstToken: 2, lastToken: 2 });
    expect(next?.score?.meanLogProb).toBe(-2);
  });

  test("may belong to two spans", () => {
    const spans = scored(
      [
        ["one two", -1],
        [" three", -0.5],
      ],
      "word",
    );
    expect(spans.map((span) => span.score?.meanLogProb)).toEqual([-1, -1, -0.5]);
  });

  test("include the pieces of a character that had no text yet", () => {
    const [word] = scored(
      [
        ["na", -0.1],
        ["", -0.2],
        ["ï", -0.4],
        ["ve", -0.1],
        [" x", -9],
      ],
      "word",
    );
    expect(word).toMatchObject({ text: "naïve", countedTokens: 4 });
    expect(word?.score?.jointLogProb).toBeCloseTo(-0.8, 12);
  });

  test("leave special tokens and thoughts out of the text", () => {
    const placed = answer([
      ["hm", -3, { channel: "reasoning" }],
      ["Yes", -0.1],
      ["</s>", -0.1, { special: true }],
    ]);
    expect(placed.text).toBe("Yes");
    expect(scoreSpans(placed, findSpans(placed.text, "word"))[0]).toMatchObject({
      firstToken: 1,
      lastToken: 1,
    });
  });

  test("without a number are said to be left out, and alone give no score", () => {
    const spans = scored(
      [
        ["a", null],
        [" b", -1],
      ],
      "word",
    );
    expect(spans[0]).toMatchObject({ countedTokens: 0, leftOut: 1, score: null });
    expect(spans[1]).toMatchObject({ countedTokens: 1, leftOut: 0 });
  });
});

test("the sum over all words and what lies between them is the sum over the answer", () => {
  const pieces = [..."Twelve words, or 12, in 2 sentences. Or so."].map(
    (text, index) => [text, -((index * 7) % 11) / 10] as [string, number],
  );
  const placed = answer(pieces);
  const between = [...placed.text.matchAll(/[^\p{L}\p{N}]+/gu)];
  const words = scoreSpans(placed, findSpans(placed.text, "word").concat(findSpans("", "word")));
  const numbers = scoreSpans(placed, findSpans(placed.text, "number"));
  const rest = scoreSpans(
    placed,
    between.map((match) => ({
      kind: "word" as const,
      start: match.index,
      end: match.index + match[0].length,
      text: match[0],
    })),
  );
  const sum = [...words, ...numbers, ...rest].reduce(
    (total, span) => total + (span.score?.jointLogProb ?? 0),
    0,
  );
  expect(sum).toBeCloseTo(
    pieces.reduce((total, [, logProb]) => total + logProb, 0),
    9,
  );
});

test("the weakest spans come first, those without a score not at all", () => {
  const spans = scored(
    [
      ["sure", -0.1],
      [" weak", -4],
      [" mute", null],
      [" fair", -1],
    ],
    "word",
  );
  expect(weakestSpans(spans, 2).map(({ text }) => text)).toEqual(["weak", "fair"]);
  expect(weakestSpans(spans, 9)).toHaveLength(3);
});
