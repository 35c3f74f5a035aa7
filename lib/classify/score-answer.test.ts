import { describe, expect, test } from "vitest";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { type Label, parseLabels } from "./label.ts";
import { labelLogits, predictedLabel, type RowScore } from "./row-score.ts";
import { scoreAnswer } from "./score-answer.ts";
import { scoreForced } from "./score-forced.ts";

/** A place of the answer: what was taken, and what else was weighed, as probabilities. */
type Place = { taken: string; p: number | null; others?: Record<string, number>; special?: boolean };

function answer(...places: Place[]): TokenEvent[] {
  return places.map(({ taken, p, others, special = false }, index) => ({
    type: "token",
    index,
    part: 0,
    id: null,
    text: taken,
    logProb: p === null ? null : Math.log(p),
    special,
    counts: true,
    at: index,
    ...(others === undefined
      ? {}
      : {
          alternatives: [[taken, p ?? 0] as const, ...Object.entries(others)].map(([text, value]) => ({
            id: null,
            text,
            logProb: Math.log(value),
          })),
        }),
  }));
}

const SENTIMENT = labels(["positive", " positive", " Positive"], ["negative", " negative"]);

function labels(...sets: [name: string, ...variants: string[]][]): Label[] {
  return sets.map(([name, ...variants]) => ({ name, variants }));
}

function expectScore(score: RowScore, probabilities: (number | null)[], elsewhere: number, unseen: number) {
  for (const [label, expected] of probabilities.entries()) {
    const found = score.logProbs[label];
    if (expected === null) expect(found).toBeNull();
    else expect(Math.exp(found ?? Number.NaN)).toBeCloseTo(expected, 12);
  }
  expect(score.elsewhere).toBeCloseTo(elsewhere, 12);
  expect(score.unseen).toBeCloseTo(unseen, 12);
}

describe("where the answer begins", () => {
  test("variants are merged, and what is no label or not seen is told apart", () => {
    const others = { " Positive": 0.1, " negative": 0.2, " The": 0.05, " posit": 0.01 };
    const score = scoreAnswer(answer({ taken: " positive", p: 0.6, others }), SENTIMENT);
    // " posit" begins only one label: it may yet become it, and is counted as if it did.
    expectScore(score, [0.71, 0.2], 0.05, 0.04);
    expect(score).toMatchObject({ method: "alternatives", isBound: [true, false], answered: 0 });
    expect(score.leastSeen).toBeCloseTo(0.01, 12);
    expect(predictedLabel(score)).toBe(0);
  });

  test("a token that goes on with a mark means the label, one that goes on with a letter does not", () => {
    const others = { " negative.": 0.2, " negatively": 0.1 };
    expectScore(scoreAnswer(answer({ taken: " positive", p: 0.6, others }), SENTIMENT), [0.6, 0.2], 0.1, 0.1);
  });

  test("several tokens are followed where the answer took them", () => {
    const score = scoreAnswer(
      answer(
        { taken: " pos", p: 0.8, others: { " neg": 0.1 } },
        { taken: "itive", p: 0.75, others: { sible: 0.2 } },
      ),
      SENTIMENT,
    );
    expectScore(score, [0.6, 0.1], 0.16, 0.14);
    expect(score.isBound).toEqual([false, true]);
  });

  test("a beginning of several labels is nobody's", () => {
    const ratings = labels(["neutral", " neutral"], ["negative", " negative"], ["positive", " positive"]);
    const score = scoreAnswer(answer({ taken: " positive", p: 0.5, others: { " ne": 0.4 } }), ratings);
    expectScore(score, [null, null, 0.5], 0, 0.5);
    // Two labels share what was not seen, at most the least that was.
    expect(labelLogits(score)?.slice(0, 2)).toEqual([Math.log(0.25), Math.log(0.25)]);
  });

  test("a label that begins another gets what does not go on", () => {
    const stars = labels(["one", " 1"], ["ten", " 10"], ["two", " 2"]);
    const places: Place[] = [
      { taken: " 1", p: 0.8, others: { " 2": 0.1 } },
      { taken: "0", p: 0.25, others: { "\n": 0.7 } },
    ];
    expectScore(scoreAnswer(answer(...places), stars), [0.6, 0.2, 0.1], 0, 0.1);
    // It ended there, so it is the shorter one.
    expectScore(scoreAnswer(answer(...places.slice(0, 1)), stars), [0.8, null, 0.1], 0, 0.1);
    // It went another way, so nobody knows which.
    const other = answer({ taken: " 2", p: 0.8, others: { " 1": 0.1 } });
    expectScore(scoreAnswer(other, stars), [null, null, 0.8], 0, 0.2);
  });

  test("a line break may stand in front, where a variant has one", () => {
    const lines = labels(["positive", "\nPositive"], ["negative", "\nNegative"]);
    const score = scoreAnswer(
      answer(
        { taken: "\n", p: 0.9, others: { " yes": 0.1 } },
        { taken: "Negative", p: 0.7, others: { Positive: 0.3 } },
      ),
      lines,
    );
    expectScore(score, [0.27, 0.63], 0.1, 0);
  });

  test("an answer that ends at once was seen and is no label", () => {
    const score = scoreAnswer(
      answer({ taken: "</s>", p: 0.9, others: { " positive": 0.1 }, special: true }),
      SENTIMENT,
    );
    expectScore(score, [0.1, null], 0.9, 0);
    expect(score.answered).toBeNull();
    expect(predictedLabel(score)).toBe(0);
  });

  test("a thought in front of the answer is passed over", () => {
    const [thought, word] = answer({ taken: "Hm", p: 0.5 }, { taken: " negative", p: 0.9 });
    const tokens = [{ ...thought, channel: "reasoning" } as TokenEvent, word as TokenEvent];
    expectScore(scoreAnswer(tokens, SENTIMENT), [null, 0.9], 0, 0.1);
  });
});

describe("where the wire says less", () => {
  test("only the answer's own tokens: the others share the rest", () => {
    const score = scoreAnswer(answer({ taken: " negative", p: 0.9 }), SENTIMENT);
    expect(score).toMatchObject({ method: "answer", leastSeen: null });
    expect(labelLogits(score)?.map(Math.exp)[0]).toBeCloseTo(0.1, 12);
  });

  test("no numbers: the words decide, and there is no probability", () => {
    const score = scoreAnswer(answer({ taken: " Positive", p: null }, { taken: "!", p: null }), SENTIMENT);
    expect(score).toMatchObject({ method: "text", answered: 0, logProbs: [null, null], unseen: 1 });
    expect([labelLogits(score), predictedLabel(score)]).toEqual([null, 0]);
  });

  test("nothing at all", () => {
    expect(predictedLabel(scoreAnswer([], SENTIMENT))).toBeNull();
  });

  test("a label that nothing is left for is not impossible", () => {
    const score = scoreAnswer(answer({ taken: " positive", p: 1, others: { " x": 1e-9 } }), SENTIMENT);
    expect(labelLogits(score)?.[1]).toBe(Math.log(1e-12));
  });
});

describe("labels put behind the prompt", () => {
  function forced(variant: string, ...pieces: [text: string, p: number][]) {
    const promptTokens = [["Sentiment", 0.3], [":", 0.9], ...pieces].map(([text, p]) => ({
      id: null,
      text: String(text),
      logProb: Math.log(Number(p)),
    }));
    return { variant, promptTokens };
  }

  function expectForced(result: ReturnType<typeof scoreForced>, probabilities: number[], unseen: number) {
    if (!result.ok) throw new Error(result.failure.message);
    expectScore(result.value, probabilities, 0, unseen);
  }

  test("their own tokens count, of however many a label is", () => {
    const positive = [
      forced(" positive", [" pos", 0.8], ["itive", 0.75]),
      forced(" Positive", [" Positive", 0.1]),
    ];
    const result = scoreForced([positive, [forced(" negative", [" negative", 0.2])]], SENTIMENT);
    expectForced(result, [0.7, 0.2], 0.1);
    expect(result).toMatchObject({ value: { method: "forced" } });
  });

  test("a label whose tokens begin another's has only what does not go on", () => {
    const stars = labels(["one", " 1"], ["ten", " 10"], ["hundred", " 100"]);
    const ten: [string, number][] = [
      [" 1", 0.8],
      ["0", 0.5],
    ];
    expectForced(
      scoreForced(
        [[forced(" 1", [" 1", 0.8])], [forced(" 10", ...ten)], [forced(" 100", ...ten, ["0", 0.25])]],
        stars,
      ),
      [0.4, 0.3, 0.1],
      0.2,
    );
  });

  test("a vocabulary's own pieces are read", () => {
    const sets = [
      [forced(" positive", ["Ġpos", 0.5], ["itive", 1])],
      [forced(" negative", ["▁negative", 0.25])],
    ];
    expectForced(scoreForced(sets, SENTIMENT), [0.5, 0.25], 0.25);
  });

  test("a label that runs together with the prompt's last token is said, not guessed", () => {
    const result = scoreForced(
      [[forced("positive", [" positive", 0.5])], [forced(" negative", [" negative", 0.2])]],
      SENTIMENT,
    );
    expect(result).toMatchObject({
      failure: { message: "The tokens of “positive” do not begin where the prompt ends." },
    });
  });

  test("an impossible token makes its text impossible", () => {
    const impossible = forced(" negative", [" negative", 0.2]);
    const tokens = impossible.promptTokens.map((token, index) =>
      index === 2 ? { ...token, logProb: null } : token,
    );
    const result = scoreForced(
      [[forced(" positive", [" positive", 0.5])], [{ ...impossible, promptTokens: tokens }]],
      SENTIMENT,
    );
    expect(result).toMatchObject({ value: { logProbs: [Math.log(0.5), null] } });
  });
});

describe("labels as typed", () => {
  test("names, further ways to write them, cases and what stands in front", () => {
    const read = parseLabels("positive\nnegative = bad | poor\n", { anyCase: true, anyLead: true });
    const [positive, negative] = read.ok ? read.value : [];
    expect(positive?.variants).toEqual([
      ...[" positive", " Positive", " POSITIVE", "positive", "Positive", "POSITIVE"],
      ...["\npositive", "\nPositive", "\nPOSITIVE"],
    ]);
    expect(negative?.variants).toHaveLength(27);
  });

  test("or only as they are", () => {
    expect(parseLabels("Yes\nNo", { anyCase: false, anyLead: false })).toMatchObject({
      value: labels(["Yes", " Yes"], ["No", " No"]),
    });
  });

  test.each([
    ["", "Give at least two labels, one a line."],
    ["one", "Give at least two labels, one a line."],
    ["a\na", "“a” is there twice."],
    ["= x\nb", "A label has no name in front of its equals sign."],
    ["yes\nno = YES", "“YES” would mean both “yes” and “no”."],
    [Array.from({ length: 21 }, (_, index) => `l${index}`).join("\n"), "There may be at most 20 labels."],
    [`a\n${"b".repeat(81)}`, "A label's name has more than 80 characters."],
  ])("%j: %s", (text, message) => {
    expect(parseLabels(text, { anyCase: true, anyLead: true })).toMatchObject({ failure: { message } });
  });
});
