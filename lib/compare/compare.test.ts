import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { alignAnswers } from "./align-answers.ts";
import { bitsPerCharacter } from "./bits-per-character.ts";
import { compareSpans, largestDeltas } from "./compare-spans.ts";

const sideSchema = z.array(z.object({ text: z.string(), id: z.number(), logProb: z.number() }));
const pairSchema = z.object({ left: z.number(), right: z.number() });
const vectors = z
  .array(
    z.object({
      name: z.string(),
      left: sideSchema,
      right: sideSchema,
      shared: pairSchema.extend({ characters: z.number() }),
      deltas: z.array(z.number()).nullable(),
      wordDeltas: z.array(z.number()),
      bitsPerCharacter: pairSchema,
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("./fixtures/compare-vectors.json", import.meta.url), "utf8")));

function answer(side: readonly Partial<TokenEvent>[]): TokenEvent[] {
  return side.map((token, index) => ({
    type: "token",
    index,
    part: 0,
    id: null,
    text: "",
    logProb: -1,
    special: false,
    counts: true,
    at: index,
    ...token,
  }));
}

/** Answers of these pieces; a piece's id is made of its text, so that equal pieces have equal ids. */
function spoken(...texts: string[]): TokenEvent[] {
  return answer(
    texts.map((text) => ({ text, id: [...text].reduce((id, c) => id * 31 + c.charCodeAt(0), 7) })),
  );
}

function expectClose(actual: number | null | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
}

describe.each(vectors)(
  "computed elsewhere: $name",
  ({ left, right, shared, deltas, wordDeltas, ...expected }) => {
    const alignment = alignAnswers(answer(left), answer(right));

    test("parts where it was made to part", () => {
      const { divergence, tokenizers, sharedLength } = alignment;
      expect(divergence).toMatchObject({
        left: shared.left,
        right: shared.right,
        character: shared.characters,
      });
      expect(tokenizers).toBe(deltas === null ? "different" : "same");
      expect(sharedLength).toBe(shared.characters);
    });

    test("has the differences of tokens and of words", () => {
      if (deltas !== null) {
        expect(alignment.pairs).toHaveLength(deltas.length);
        for (const [index, delta] of deltas.entries()) expectClose(alignment.pairs[index]?.delta, delta);
      }
      const spans = compareSpans(alignment);
      expect(spans).toHaveLength(wordDeltas.length);
      for (const [index, delta] of wordDeltas.entries()) expectClose(spans[index]?.delta, delta);
    });

    test("has the bits per character of the shared text", () => {
      const { bitsPerCharacter: bits } = expected;
      expectClose(bitsPerCharacter(alignment.left, alignment.sharedLength)?.bits, bits.left);
      expectClose(bitsPerCharacter(alignment.right, alignment.sharedLength)?.bits, bits.right);
    });
  },
);

test("the 37th token is where two answers of 36 shared tokens part", () => {
  const parting = vectors.find(({ name }) => name === "parts at token 37");
  const { divergence } = alignAnswers(answer(parting?.left ?? []), answer(parting?.right ?? []));
  expect((divergence?.left ?? -1) + 1).toBe(37);
});

describe("where two answers part", () => {
  test("nowhere: they are the same", () => {
    expect(alignAnswers(spoken(" a", " b"), spoken(" a", " b"))).toMatchObject({
      divergence: null,
      tokenizers: "same",
      sharedLength: 4,
    });
  });

  test("at once: nothing is shared and nothing is known of the tokenizers", () => {
    expect(alignAnswers(spoken("Yes"), spoken("No"))).toMatchObject({
      divergence: { kind: "token", left: 0, right: 0, character: 0 },
      tokenizers: "unknown",
      pairs: [],
    });
  });

  test("one is empty", () => {
    expect(alignAnswers([], spoken("No")).divergence).toMatchObject({
      kind: "left-ended",
      left: 0,
      right: 0,
    });
    expect(alignAnswers(spoken("No"), []).divergence).toMatchObject({ kind: "right-ended" });
    expect(alignAnswers([], []).divergence).toBeNull();
  });

  test("a token that begins like the other's is the first that differs, and no sign of another tokenizer", () => {
    expect(alignAnswers(spoken("In", " Paris", "."), spoken("In", " Par", "sley"))).toMatchObject({
      divergence: { kind: "token", left: 1, right: 1, character: 2 },
      tokenizers: "same",
    });
  });

  test("inside a character: its pieces are no tokenizer's fault", () => {
    const left = answer([
      { text: "a", id: 1 },
      { text: "", id: 10 },
      { text: "é", id: 11 },
    ]);
    const right = answer([
      { text: "a", id: 1 },
      { text: "", id: 20 },
      { text: "è", id: 21 },
    ]);
    expect(alignAnswers(left, right)).toMatchObject({
      divergence: { left: 1, right: 1, character: 1 },
      tokenizers: "same",
    });
  });
});

describe("different tokenizers", () => {
  test("the same words cut elsewhere, and the comparison goes on behind them", () => {
    const alignment = alignAnswers(spoken(" Hel", "lo", " you", " x"), spoken(" Hello", " you", " y"));
    expect(alignment).toMatchObject({
      tokenizers: "different",
      divergence: { left: 3, right: 2, character: 10 },
    });
    expect(alignment.pairs.map(({ left }) => left.token.text)).toEqual([" you"]);
    expect(compareSpans(alignment).map(({ text, delta }) => [text, delta])).toEqual([
      ["Hello", 1],
      ["you", 0],
    ]);
  });

  test("the same words under other ids", () => {
    const left = answer([{ text: " you", id: 5 }]);
    const right = answer([{ text: " you", id: 9 }]);
    expect(alignAnswers(left, right)).toMatchObject({ tokenizers: "different", divergence: null });
  });

  test("ids that one back end does not send decide nothing", () => {
    const [left, right] = [answer([{ text: " you", id: 5 }]), answer([{ text: " you" }])];
    expect(alignAnswers(left, right).tokenizers).toBe("same");
  });
});

describe("what has no number", () => {
  const left = answer([{ text: " one" }, { text: " two", logProb: null }]);
  const alignment = alignAnswers(left, spoken(" one", " two"));

  test("has no difference either", () => {
    expect(alignment.pairs.map(({ delta }) => delta)).toEqual([0, null]);
    expect(compareSpans(alignment).map(({ text }) => text)).toEqual(["one"]);
  });

  test("and no bits per character", () => {
    expect(bitsPerCharacter(alignment.left, alignment.sharedLength)).toBeNull();
    expect(bitsPerCharacter(alignment.right, alignment.sharedLength)?.characters).toBe(8);
    expect(bitsPerCharacter(alignment.right, 0)).toBeNull();
  });
});

test("a word that only one answer finished is not compared", () => {
  expect(compareSpans(alignAnswers(spoken(" to", "day"), spoken(" to", "wer")))).toEqual([]);
});

test("numbers that differ by their last digit do not differ", () => {
  const [left, right] = [
    answer([{ text: " a", logProb: -0.3 }]),
    answer([{ text: " a", logProb: -0.1 - 0.2 }]),
  ];
  expect(largestDeltas(compareSpans(alignAnswers(left, right)), 2)).toEqual([]);
});

test("the words that differ most come first, in either direction", () => {
  const left = answer([
    { text: " a", logProb: -1 },
    { text: " b", logProb: -3 },
    { text: " c", logProb: -1 },
  ]);
  const right = answer([
    { text: " a", logProb: -1.5 },
    { text: " b", logProb: -1 },
    { text: " c", logProb: -9 },
  ]);
  const spans = largestDeltas(compareSpans(alignAnswers(left, right)), 2);
  expect(spans.map(({ text, delta }) => [text, delta])).toEqual([
    ["c", -8],
    ["b", 2],
  ]);
});
