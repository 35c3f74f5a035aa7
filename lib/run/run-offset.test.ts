import { describe, expect, it } from "vitest";
import { emptyRun, reduceRun } from "./reduce-run.ts";
import type { RunEvent } from "./run-event.ts";
import { offsetEvent, runOffset } from "./run-offset.ts";

function answer(words: string[], reason: string): RunEvent[] {
  return [
    {
      type: "run-start",
      runId: "r",
      endpointName: "demo",
      startedAt: 1_000,
      dialect: "lmi",
      requestBody: "{}",
    },
    ...words.map(
      (text, index): RunEvent => ({
        type: "token",
        index,
        part: 0,
        id: index,
        text,
        logProb: -0.5,
        special: false,
        counts: true,
        at: 10 * (index + 1),
        raw: text,
      }),
    ),
    {
      type: "run-end",
      finishReason: { raw: reason, kind: reason === "length" ? "length" : "end-of-text" },
      generatedText: words.join(""),
      tokens: words.length,
      requests: 1,
      at: 10 * words.length + 5,
    },
  ];
}

describe("an answer asked on", () => {
  const first = reduceRun(emptyRun(), answer(["One", " two"], "length"));
  const offset = runOffset(first);
  const whole = reduceRun(
    first,
    answer([" three", "."], "stop").map((event) => offsetEvent(event, offset)),
  );

  it("reads as one text with one count", () => {
    expect(whole.generatedText).toBe("One two three.");
    expect(whole.tokenCount).toBe(4);
    expect(whole.requests).toBe(2);
    expect(whole.status).toBe("finished");
    expect(whole.finishReason?.kind).toBe("end-of-text");
  });

  it("numbers tokens and parts on", () => {
    expect(whole.tokens.map((token) => token.index)).toEqual([0, 1, 2, 3]);
    expect(whole.parts).toEqual([
      { index: 0, startToken: 0, finishReason: "length", note: null },
      { index: 1, startToken: 2, finishReason: "stop", note: null },
    ]);
  });

  it("lets time go on from the last event", () => {
    expect(whole.tokens.map((token) => token.at)).toEqual([10, 20, 35, 45]);
    expect(whole.elapsed).toBe(50);
  });

  it("keeps what came when the second run fails", () => {
    const start = reduceRun(emptyRun(), answer(["Kept"], "length"));
    const failed: RunEvent = {
      type: "run-error",
      failure: { code: "model-error", message: "It broke." },
      generatedText: " and",
    };
    const broken = reduceRun(start, [offsetEvent(failed, runOffset(start))]);
    expect(broken.generatedText).toBe("Kept and");
    expect(broken.status).toBe("failed");
  });
});
