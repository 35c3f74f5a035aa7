import { describe, expect, test } from "vitest";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { joinGraphemes } from "#lib/score/join-graphemes.ts";

function tokens(texts: string[], more: Partial<TokenEvent>[] = []): TokenEvent[] {
  return texts.map((text, index) => ({
    type: "token",
    index: 100 + index,
    part: 0,
    id: index,
    text,
    logProb: -1,
    special: false,
    counts: true,
    at: 0,
    ...more[index],
  }));
}

function texts(given: TokenEvent[]): string[] {
  return joinGraphemes(given).map((unit) => unit.text);
}

test("a token that is whole characters is a unit", () => {
  const [first, second] = joinGraphemes(tokens(["Deep", " Learning"]));
  expect(first).toMatchObject({ index: 100, part: 0, text: "Deep", logProb: -1, partial: false });
  expect(second).toMatchObject({ index: 101, text: " Learning" });
});

describe("what people see as one character is one unit", () => {
  test.each([
    ["an accent", ["e", "\u0301", "!"], ["e\u0301", "!"]],
    ["a joined emoji", ["👩", "\u200d", "💻", " ok"], ["👩‍💻", " ok"]],
    ["a skin tone", ["👍", "🏽"], ["👍🏽"]],
    ["a flag", ["🇩", "🇪", "🇫", "🇷"], ["🇩🇪", "🇫🇷"]],
    ["halves of a surrogate pair", ["\ud83d", "\ude00", "."], ["😀", "."]],
    ["Devanagari", ["न", "म", "स", "्", "ते"], ["न", "म", "स्ते"]],
    ["a line end", ["\r", "\n", "\n"], ["\r\n", "\n"]],
    ["at the end of a longer token", ["cafe", "\u0301s", " x"], ["cafe\u0301s", " x"]],
  ])("%s", (_, given, units) => {
    expect(texts(tokens(given))).toEqual(units);
  });

  test.each([
    ["Latin", ["a", "b", "é", "ß"]],
    ["Chinese", ["你", "好", "，"]],
    ["Hebrew and Arabic", ["שלום", " ", "مرحبا"]],
    ["two emojis", ["😀", "😀"]],
  ])("but not %s", (_, given) => {
    expect(texts(tokens(given))).toEqual(given);
  });
});

describe("pieces of a character", () => {
  test("without text go with the text that follows", () => {
    const units = joinGraphemes(tokens(["Yes", "", "", "😊", "!"]));
    expect(units.map((unit) => [unit.text, unit.index, unit.logProb, unit.tokens.length])).toEqual([
      ["Yes", 100, -1, 1],
      ["😊", 101, -3, 3],
      ["!", 104, -1, 1],
    ]);
  });

  test("that the wire sent as U+FFFD are one unit that nobody can read", () => {
    const units = joinGraphemes(tokens(["Yes", "\uFFFD", "\uFFFD", "\uFFFD", "!"]));
    expect(units.map((unit) => [unit.text, unit.partial])).toEqual([
      ["Yes", false],
      ["\uFFFD\uFFFD\uFFFD", true],
      ["!", false],
    ]);
  });

  test("an end-of-text token is a unit without text", () => {
    expect(texts(tokens(["Deep", ""]))).toEqual(["Deep", ""]);
  });
});

describe("what stays apart", () => {
  test("special tokens and lines for no token", () => {
    const given = tokens(["e", "\u0301", "\u0301"], [{}, { special: true }, { counts: false }]);
    expect(texts(given)).toEqual(["e", "\u0301", "\u0301"]);
    expect(texts(tokens(["", "a"], [{ counts: false }]))).toEqual(["", "a"]);
  });

  test("the two sides of a seam", () => {
    expect(texts(tokens(["e", "\u0301"], [{ part: 0 }, { part: 1 }]))).toEqual(["e", "\u0301"]);
  });
});

test("a sum that lacks one of its parts is no sum", () => {
  expect(joinGraphemes(tokens(["e", "\u0301"], [{}, { logProb: null }]))[0]?.logProb).toBeNull();
  expect(joinGraphemes(tokens(["e", "\u0301", "\u0302"], [{ logProb: null }]))[0]?.logProb).toBeNull();
});

test("joining loses nothing, wherever the text is cut", () => {
  const text = "👩‍👩‍👧 日本 שלום\r\ncafé नमस्ते 🇩🇪🇫🇷";
  let state = 3;
  for (let round = 0; round < 400; round += 1) {
    const pieces: string[] = [];
    for (let at = 0; at < text.length; ) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const next = at + 1 + (state % 4);
      pieces.push(text.slice(at, next));
      at = next;
    }
    const units = joinGraphemes(tokens(pieces));
    expect(units.map((unit) => unit.text).join("")).toBe(text);
    expect(units.reduce((sum, unit) => sum + (unit.logProb ?? 0), 0)).toBe(-pieces.length);
    // No unit ends inside a character.
    const ends = new Set(
      [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map((one) => one.index),
    );
    let at = 0;
    for (const unit of units) {
      expect(ends.has(at)).toBe(true);
      at += unit.text.length;
    }
  }
});
