import { describe, expect, test } from "vitest";
import { findSpans, type SpanKind } from "#lib/score/find-spans.ts";

function texts(text: string, kind: SpanKind): string[] {
  const spans = findSpans(text, kind);
  // What a span says it is must stand where it says it stands.
  for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text);
  return spans.map((span) => span.text);
}

describe("words and sentences", () => {
  test("are Unicode's, without what stands around them", () => {
    expect(texts("It's  fine, isn’t it?", "word")).toEqual(["It's", "fine", "isn’t", "it"]);
    expect(texts(" One. Two!\n\nThree ", "sentence")).toEqual(["One.", "Two!", "Three"]);
  });

  test("are found in scripts without spaces and from right to left", () => {
    expect(texts("東京は首都です。", "word").length).toBeGreaterThan(1);
    expect(texts("שלום עולם", "word")).toEqual(["שלום", "עולם"]);
  });
});

describe("numbers", () => {
  test.each([
    ["It has 1,024.5 kg, up −3 %.", ["1,024.5", "−3 %"]],
    ["6.02e23 atoms at 12:30 on 24/11/2026", ["6.02e23", "12:30", "24/11/2026"]],
    ["٣٥ or 35%", ["٣٥", "35%"]],
    ["no digits here", []],
    ["in 1990.", ["1990"]],
  ])("%s", (text, expected) => {
    expect(texts(text, "number")).toEqual(expected);
  });
});

describe("names", () => {
  test.each([
    ["The capital of France is Paris.", ["France", "Paris"]],
    ["We flew to New York and Rio de Janeiro.", ["New York", "Rio", "Janeiro"]],
    ["Yesterday I met Anna Müller-Lüdenscheidt.", ["Anna Müller-Lüdenscheidt"]],
    ['"Walking helps." Then Bob left.', ["Bob"]],
    ["nothing of note", []],
  ])("%s", (text, expected) => {
    expect(texts(text, "name")).toEqual(expected);
  });
});

describe("JSON values", () => {
  function paths(text: string) {
    return findSpans(text, "json-value").map((span) => [span.path, text.slice(span.start, span.end)]);
  }

  test("are named by their path", () => {
    expect(paths('{"city": "Paris", "guests": [{"age": 7}, {"a b": null}], "ok": true}')).toEqual([
      ["city", '"Paris"'],
      ["guests[0].age", "7"],
      ['guests[1]["a b"]', "null"],
      ["ok", "true"],
    ]);
  });

  test("are read in a code fence, with text around it", () => {
    expect(paths('Here:\n```json\n{"a": 1}\n```\nDone {"b": 2}')).toEqual([["a", "1"]]);
  });

  test("are read where the answer was cut", () => {
    expect(paths('{"a": 1, "b": [2, 3')).toEqual([
      ["a", "1"],
      ["b[0]", "2"],
      ["b[1]", "3"],
    ]);
  });

  test("are not found in prose", () => {
    expect(paths("The answer is 42.")).toEqual([]);
    expect(paths("  ")).toEqual([]);
    expect(paths("")).toEqual([]);
  });
});
