import { describe, expect, test } from "vitest";
import { chooseAnswerText, isAnswerText } from "#lib/run/answer-text.ts";

test.each([
  [{ counts: true, special: false }, true],
  [{ counts: false, special: false }, false],
  [{ counts: true, special: true }, false],
  [{ counts: true, special: false, channel: "reasoning" as const }, false],
])("%j: %s", (token, expected) => {
  expect(isAnswerText(token)).toBe(expected);
});

describe("the tokens' texts are the answer", () => {
  test.each([
    ["nothing else was sent", "Deep", null, "Deep"],
    ["both agree", "Deep", "Deep", "Deep"],
    ["the whole is plainly another text", "Deep", "Shallow", "Deep"],
    ["the whole is empty", "Deep", "", "Deep"],
  ])("%s", (_, pieces, whole, expected) => {
    expect(chooseAnswerText(pieces, whole, "Q", false)).toBe(expected);
  });
});

describe("the whole is the same answer said better", () => {
  test.each([
    ["Yes\uFFFD\uFFFD\uFFFD!", "Yes😊!"],
    ["\uFFFD\uFFFD", "é"],
    ["a\uFFFDb\uFFFD\uFFFDc", "aéb😊c"],
    ["\uFFFD\uFFFD and \uFFFD\uFFFD", "é and ü"],
  ])("%j is %j", (pieces, whole) => {
    expect(chooseAnswerText(pieces, whole, "", false)).toBe(whole);
  });

  test.each([
    ["a\uFFFDb", "aéc"],
    ["a\uFFFDb", "xéb"],
    ["aa\uFFFDa", "aa"],
    ["a\uFFFDbb\uFFFDc", "aébüc"],
  ])("%j is not %j", (pieces, whole) => {
    expect(chooseAnswerText(pieces, whole, "", false)).toBe(pieces.startsWith(whole) ? whole : pieces);
  });

  test("without the stop string that the tokens show", () => {
    expect(chooseAnswerText("Deep Learning###", "Deep Learning", "", false)).toBe("Deep Learning");
  });

  test("with the text of a line that could not be read", () => {
    expect(chooseAnswerText("Deep is", "Deep Learning is", "", true)).toBe("Deep Learning is");
    expect(chooseAnswerText("Deep is", "Deep Learning is", "", false)).toBe("Deep is");
  });
});

describe("a prompt in front is taken off", () => {
  test("of the answer itself", () => {
    expect(chooseAnswerText("Deep", "What?Deep", "What?", false)).toBe("Deep");
    expect(chooseAnswerText("\uFFFD\uFFFD", "What?é", "What?", false)).toBe("é");
  });

  test("with gaps, of what is left", () => {
    expect(chooseAnswerText("Deep is", "What?Deep Learning is", "What?", true)).toBe("Deep Learning is");
  });

  test("but not off an answer that repeats the prompt by itself", () => {
    expect(chooseAnswerText("What? Deep", "What? Deep", "What?", false)).toBe("What? Deep");
    expect(chooseAnswerText("What?\uFFFD\uFFFD", "What?é", "What?", false)).toBe("What?é");
  });
});
