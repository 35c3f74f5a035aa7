import { expect, test } from "vitest";
import { prepareUnits } from "./prepare-units.ts";

function unitsOf(...texts: string[]) {
  return texts.map((text) => ({ text }));
}

test("the space before a word stays outside the word's colour", () => {
  const [plain, spaced] = prepareUnits(unitsOf("Deep", " learning"), null);
  expect(plain).toMatchObject({ lead: "", text: "Deep", mark: null });
  expect(spaced).toMatchObject({ lead: " ", text: "learning", mark: null });
});

test("a unit of nothing but spaces keeps them, or it could not be pointed at", () => {
  expect(prepareUnits(unitsOf("a", "  "), null)[1]).toMatchObject({ lead: "", text: "  " });
});

test.each([
  ["\n", "↵"],
  ["\n\n", "↵↵"],
  [" \r\n", "↵"],
])("the line ends of %j are drawn as %s", (text, mark) => {
  expect(prepareUnits(unitsOf("a", text), null)[1]).toMatchObject({ text, mark });
});

test("line ends that open an answer take no lines of their own, later ones do", () => {
  const prepared = prepareUnits(unitsOf("\n", "\n", "One", "\n", "Two"), null);
  expect(prepared.map(({ isOpening }) => isOpening)).toEqual([true, true, false, false, false]);
});

test("a later block of the answer has no opening", () => {
  expect(prepareUnits(unitsOf("\n", "Two"), "One")[0]?.isOpening).toBe(false);
});

test.each([
  ["a", "\n", "\n\n", " b", "  ", "c\n"],
  ["\n\n", "\n", " One"],
])("nothing of the text is lost or added", (...texts) => {
  const prepared = prepareUnits(unitsOf(...texts), null);
  expect(prepared.map(({ lead, text }) => lead + text).join("")).toBe(texts.join(""));
});

test("a reader who goes by word stops at words, not at their pieces or at spaces", () => {
  const prepared = prepareUnits(
    unitsOf("Un", "sure", " wal", "king", "\n", "Ja", ".", " ", "日", "本"),
    null,
  );
  expect(prepared.filter(({ startsWord }) => startsWord).map(({ text }) => text)).toEqual([
    "Un",
    "wal",
    "Ja",
    "日",
    "本",
  ]);
  expect(prepareUnits(unitsOf("king"), " wal")[0]?.startsWord).toBe(false);
});

test.each([
  ["            ", "·×12"],
  ["\t\t", "→→"],
  [" ", "·"],
  [" word", null],
])("the white space of %j is drawn as %s", (text, spaces) => {
  expect(prepareUnits(unitsOf("a", text), null)[1]?.spaces).toBe(spaces);
});
