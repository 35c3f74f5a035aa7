import { expect, test } from "vitest";
import { diffTexts } from "./diff-texts.ts";

const TEXTS = ["", " The fox ran home.", "The fox ran\nhome again, 日本 👩‍👩‍👧!", " The dog ran home."];

test.each(TEXTS.flatMap((left) => TEXTS.map((right) => ({ left, right }))))(
  "$left → $right: both texts can be put together again",
  ({ left, right }) => {
    const stretches = diffTexts(left, right) ?? [];
    const join = (side: "left" | "right") =>
      stretches.flatMap(({ kind, text }) => (kind === side || kind === "both" ? [text] : [])).join("");
    expect([join("left"), join("right")]).toEqual([left, right]);
  },
);

test("words that are kept stay", () => {
  expect(diffTexts("the red fox", "the old fox")).toEqual([
    { kind: "both", text: "the " },
    { kind: "left", text: "red" },
    { kind: "right", text: "old" },
    { kind: "both", text: " fox" },
  ]);
});

test("texts of thousands of other words are not compared", () => {
  const words = (stem: string) => Array.from({ length: 2_000 }, (_, index) => `${stem}${index}`).join(" ");
  expect(diffTexts(words("a"), words("b"))).toBeNull();
});
