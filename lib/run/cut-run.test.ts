import { describe, expect, test } from "vitest";
import { chooseAlternative, cutRun } from "./cut-run.ts";
import { emptyRun, reduceRun } from "./reduce-run.ts";
import type { RunEvent, TokenEvent } from "./run-event.ts";
import { runOffset } from "./run-offset.ts";

function token(index: number, text: string, part = 0): TokenEvent {
  const raw = `line ${index}`;
  const alternatives = [
    { id: 7, text, logProb: -0.5 },
    { id: 8, text: `${text}!`, logProb: -1.25 },
  ];
  const common = { type: "token", special: false, counts: true } as const;
  return { ...common, index, part, id: index, text, logProb: -0.5, at: 10 * index, raw, alternatives };
}

const EVENTS: RunEvent[] = [
  { type: "run-start", runId: "r", endpointName: "e", startedAt: 1, dialect: "lmi", requestBody: "{}" },
  token(0, "a"),
  token(1, "b"),
  { type: "part-end", part: 0, finishReason: "length", at: 15 },
  token(2, "c", 1),
  token(3, "d", 1),
  {
    type: "run-end",
    finishReason: { raw: "eos_token", kind: "end-of-text" },
    generatedText: "abcd",
    tokens: 4,
    requests: 2,
    at: 40,
  },
];

describe("a run that is cut", () => {
  const run = reduceRun(emptyRun(), EVENTS);

  test("goes on behind another choice", () => {
    const cut = cutRun(run, 3, chooseAlternative(run.tokens, 3, "d!"));
    expect(cut.generatedText).toBe("abcd!");
    expect(cut.tokens.at(-1)).toMatchObject({ text: "d!", id: 8, logProb: -1.25, byHand: true, index: 3 });
    expect(runOffset(cut)).toMatchObject({ tokens: 4, parts: 2, requests: 2, text: "abcd!" });
    expect(cut.finishReason).toBeNull();
  });

  test("goes on where one of its requests began", () => {
    const cut = cutRun(run, 2, null);
    expect(cut.generatedText).toBe("ab");
    expect(cut.parts).toHaveLength(1);
    expect(cut.rawLines.map(({ raw }) => raw)).toEqual(["line 0", "line 1"]);
  });

  test("stays as it was", () => {
    const cut = cutRun(run, 1, null);
    reduceRun(cut, [token(1, "x")]);
    expect(run.tokens.map(({ text }) => text).join("")).toBe("abcd");
  });

  test("a text that nobody weighed there has no number", () => {
    expect(chooseAlternative(run.tokens, 0, "zebra")).toMatchObject({ logProb: null, id: null });
    expect(chooseAlternative(run.tokens, 9, "zebra")).toBeNull();
  });
});
