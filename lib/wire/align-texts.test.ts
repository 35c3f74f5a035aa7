import { describe, expect, test } from "vitest";
import { alignTexts } from "#lib/wire/align-texts.ts";

const BROKEN = "\uFFFD";

describe("texts that agree", () => {
  test.each([
    [[" is"], " is"],
    [[" is", " a"], " is a"],
    [[], ""],
  ])("%j in %j", (own, piece) => {
    expect(alignTexts(own, piece)).toEqual(own);
  });
});

describe("a character split over tokens", () => {
  test("is held back, then stands at its last token", () => {
    expect(alignTexts([BROKEN], "")).toEqual([""]);
    expect(alignTexts([BROKEN], "😊")).toEqual(["😊"]);
    expect(alignTexts([BROKEN, BROKEN, BROKEN], "😊")).toEqual(["", "", "😊"]);
  });

  test("between whole tokens", () => {
    expect(alignTexts(["Yes", BROKEN, BROKEN, "!"], "Yes😊!")).toEqual(["Yes", "", "😊", "!"]);
    expect(alignTexts([BROKEN, " a", " b"], "😊 a b")).toEqual(["😊", " a", " b"]);
  });
});

describe("a space that a token loses when it is decoded alone", () => {
  test("is put back", () => {
    expect(alignTexts(["is"], " is")).toEqual([" is"]);
    expect(alignTexts(["is", "a"], " is a")).toEqual([" is", " a"]);
  });
});

describe("text that lags behind its tokens", () => {
  test.each([
    [["world"], "hello "],
    [["world"], ""],
    [["lo", " wor"], "hel"],
    [["is"], " is and more"],
  ])("%j is not in %j", (own, piece) => {
    expect(alignTexts(own, piece)).toBeNull();
  });
});
