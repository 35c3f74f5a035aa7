import { describe, expect, test } from "vitest";
import { findRepeat, mayRepeatMore } from "./find-repeat.ts";

describe("what the next part repeats", () => {
  test.each([
    ["nothing", "The end", " of it.", 0],
    ["less than twelve characters", "in New York, ", "New York, it", 0],
    ["twelve characters", "walks are good", "ks are good for", 0],
    ["exactly twelve", "He said: abcdefghijkl", "abcdefghijklm", 12],
    ["all of a short part", "one two three four", " three four", 0],
    ["all of a part", "one two three four five", " three four five", 16],
    ["the whole answer, begun anew", "Walking is good.", "Walking is good. It", 16],
    ["a ruler", "| a | b |\n-------------------", "----------------", 0],
    ["a refrain", "la la la la la la la ", "la la la la la la ", 0],
    ["characters beyond the basic plane", "x 👩‍👩‍👧 日本 שלום!", "👩‍👩‍👧 日本 שלום! y", 17],
  ])("%s", (_what, answer, next, length) => {
    expect(findRepeat(answer, next)).toBe(length);
  });

  test("text is held back only while it can still be a repeat", () => {
    const answer = "the cat sat on the mat";
    expect(mayRepeatMore(answer, "")).toBe(true);
    expect(mayRepeatMore(answer, "the")).toBe(true);
    expect(mayRepeatMore(answer, "the mat")).toBe(false);
    expect(mayRepeatMore(answer, "the dog")).toBe(false);
    expect(mayRepeatMore(`b${"a".repeat(9_000)}`, "a".repeat(2_001))).toBe(false);
  });

  test("every cut of a text with its own end before it gives the text again", () => {
    const text = "Sleep mends what the day has worn, and the night is long enough for all of it.";
    for (let at = 20; at < text.length - 1; at += 1) {
      for (let back = 12; back <= at; back += 7) {
        const answer = text.slice(0, at);
        const next = text.slice(at - back);
        expect(answer + next.slice(findRepeat(answer, next))).toBe(text);
      }
    }
  });
});
