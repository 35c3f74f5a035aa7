import { describe, expect, it } from "vitest";
import { extendSegments, stretchesOf } from "./prepare-segments.ts";

function words(count: number, each = " word") {
  return Array.from({ length: count }, () => ({ text: each }));
}

describe("extendSegments", () => {
  it("keeps a short answer in one open segment", () => {
    expect(extendSegments([], words(63))).toEqual([{ start: 0, end: 63, sealed: false }]);
    expect(extendSegments([], [])).toEqual([]);
  });

  it("seals at the text's own line break, not before 64 tokens", () => {
    const tokens = [...words(10), { text: "\n" }, ...words(60), { text: ".\n" }, ...words(2)];
    expect(extendSegments([], tokens)).toEqual([
      { start: 0, end: 72, sealed: true },
      { start: 72, end: 74, sealed: false },
    ]);
  });

  it("seals text without line breaks at a sentence, and at 512 at the latest", () => {
    const sentence = [...words(420), { text: " end." }, ...words(3)];
    expect(extendSegments([], sentence)[0]).toEqual({ start: 0, end: 421, sealed: true });
    expect(extendSegments([], words(600))[0]).toEqual({ start: 0, end: 512, sealed: true });
  });

  it("gives the same segments token by token as at once, and never replaces a sealed one", () => {
    const tokens = [...words(70), { text: "\n" }, ...words(700), { text: "\n" }, ...words(5)];
    let segments = extendSegments([], []);
    const sealed = new Set<unknown>();
    for (let length = 1; length <= tokens.length; length += 1) {
      const before = segments.filter((segment) => segment.sealed);
      segments = extendSegments(segments, tokens.slice(0, length));
      expect(segments.slice(0, before.length)).toEqual(before);
      before.forEach((segment, position) => {
        expect(segments[position]).toBe(segment);
        sealed.add(segment);
      });
    }
    expect(segments).toEqual(extendSegments([], tokens));
    expect(sealed.size).toBe(3);
  });
});

describe("cuts", () => {
  const family = ["\u{1F469}", "\u200D", "\u{1F469}", "\u200D", "\u{1F467}"].map((text) => ({ text }));

  it("never go through a character, be it of five tokens", () => {
    const tokens = [...words(509), ...family, ...words(40)];
    expect(extendSegments([], tokens)[0]).toEqual({ start: 0, end: 514, sealed: true });
    expect(extendSegments([], tokens.slice(0, 512))[0]).toMatchObject({ sealed: false });
    const stretch = stretchesOf([...words(30), ...family, ...words(40)], { start: 0, end: 75 });
    expect(stretch).toEqual([
      { start: 0, end: 35 },
      { start: 35, end: 67 },
      { start: 67, end: 75 },
    ]);
  });

  it("of a growing segment stay where they are", () => {
    const tokens = [...words(20), ...family, ...words(200)];
    let before = stretchesOf(tokens, { start: 3, end: 4 });
    for (let end = 5; end <= tokens.length; end += 1) {
      const after = stretchesOf(tokens, { start: 3, end });
      expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      before = after;
    }
  });
});
