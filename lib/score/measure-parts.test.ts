import { expect, test } from "vitest";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { measureParts } from "./measure-parts.ts";

function token(index: number, part: number, logProb: number, more: Partial<TokenEvent> = {}): TokenEvent {
  const common = { type: "token", id: 1, text: "x", special: false, counts: true, at: 0 } as const;
  return { ...common, index, part, logProb, ...more };
}

test("each request is measured by its own tokens, without what it repeated", () => {
  const tokens = [
    token(0, 0, -0.5),
    token(1, 0, -1.5),
    token(2, 1, -9, { text: "", repeated: "twelve chars", counts: false }),
    token(3, 1, -0.25, { text: "y", repeated: "!" }),
    token(4, 2, -1, { logProb: null, logProbNote: "not-sent" }),
  ];
  const parts = [0, 2, 4].map((startToken, index) => ({
    index,
    startToken,
    finishReason: "length",
    note: null,
  }));
  expect(measureParts({ parts, tokens })).toMatchObject([
    { tokens: 2, removed: 0, confidence: Math.exp(-1) },
    { tokens: 1, removed: 13, confidence: Math.exp(-0.25) },
    { tokens: 1, removed: 0, confidence: null },
  ]);
});
