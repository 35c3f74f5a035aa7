import { describe, expect, test } from "vitest";
import type { Cell } from "./experiment-view.ts";
import { arrangeSamples, rankSamples, unrankedSamples } from "./rank-samples.ts";
import { doneCell } from "./scripted-cells.ts";

const SHORT = doneCell(0, { answer: "Yes.", answerNumber: 1, logProbs: [-1, -1] });
const LONG = doneCell(1, { answer: "Yes, of course.", answerNumber: 2, logProbs: Array(10).fill(-0.3) });
const BARE = doneCell(2, { answer: "Maybe.", answerNumber: 3, logProbs: [] });
const AGAIN = doneCell(3, { answer: "Yes.", answerNumber: 1, logProbs: [-0.5, -1] });
const COMING: Cell = { ...doneCell(4, { answerNumber: null }), state: "running", score: null };

describe("ranks", () => {
  test("turn around when a short weak answer meets a long strong one", () => {
    const groups = rankSamples([SHORT, LONG]);
    expect(
      groups.map(({ jointRank, meanRank, hasLengthEffect }) => [jointRank, meanRank, hasLengthEffect]),
    ).toEqual([
      [1, 2, true],
      [2, 1, true],
    ]);
    const order = (sort: "joint" | "mean") =>
      arrangeSamples(groups, { sort, descending: true }).map(({ first }) => first.answer);
    expect(order("joint")).toEqual(["Yes.", "Yes, of course."]);
    expect(order("mean")).toEqual(["Yes, of course.", "Yes."]);
  });

  test("agree where length does not decide", () => {
    const strong = doneCell(1, { answerNumber: 2, logProbs: [-0.1, -0.1] });
    expect(rankSamples([SHORT, strong]).map(({ hasLengthEffect }) => hasLengthEffect)).toEqual([
      false,
      false,
    ]);
  });

  test("are shared by equals and given to nobody without numbers", () => {
    const twin = doneCell(5, { answerNumber: 9, logProbs: [-1, -1] });
    expect(rankSamples([SHORT, twin, BARE]).map(({ jointRank }) => jointRank)).toEqual([1, 1, null]);
    expect(rankSamples([SHORT, twin, BARE]).every(({ hasLengthEffect }) => !hasLengthEffect)).toBe(true);
  });
});

test("identical answers are one group, for which the most probable of them stands", () => {
  const [group, ...others] = rankSamples([SHORT, AGAIN]);
  expect(others).toEqual([]);
  expect(group?.samples.map(({ position }) => position)).toEqual([0, 3]);
  expect(group?.first).toBe(AGAIN);
});

test("what is still coming is not ranked", () => {
  expect(rankSamples([SHORT, COMING])).toHaveLength(1);
  expect(unrankedSamples([SHORT, COMING])).toEqual([COMING]);
});

test("answers without a value come last, whichever way round", () => {
  const groups = rankSamples([BARE, SHORT, LONG]);
  for (const descending of [true, false]) {
    expect(arrangeSamples(groups, { sort: "joint", descending }).at(-1)?.first).toBe(BARE);
  }
  expect(
    arrangeSamples(groups, { sort: "words", descending: false }).map(({ first }) => first.answer),
  ).toEqual(["Maybe.", "Yes, of course.", "Yes."]);
});
