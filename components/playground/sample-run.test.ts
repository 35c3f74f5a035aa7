import { describe, expect, it } from "vitest";
import { emptyRun, type RunState, reduceRun } from "#lib/run/reduce-run.ts";
import type { RunEvent, TokenEvent } from "#lib/run/run-event.ts";
import { createSample, sameOutline, samePictures, sameSums } from "./sample-run.ts";

const START: RunEvent = {
  type: "run-start",
  runId: "r1",
  endpointName: "demo",
  startedAt: 0,
  dialect: "lmi",
  requestBody: "{}",
};

function token(index: number, at: number, part = 0): TokenEvent {
  return { type: "token", index, part, id: 1, text: "a", logProb: -1, special: false, counts: true, at };
}

/** How often a sample of the run is another one, with every event in a frame of its own. */
function changes(
  isSame: typeof sameOutline,
  events: readonly RunEvent[],
  begun: RunState = { ...emptyRun(), status: "connecting" },
): number {
  let run = begun;
  const sample = createSample(() => run, isSame);
  const seen = new Set([sample()]);
  for (const event of events) {
    run = reduceRun(run, [event]);
    seen.add(sample());
  }
  return seen.size - 1;
}

describe("samples of a run", () => {
  const tokens = Array.from({ length: 40 }, (_, index) => token(index, index * 50));

  it("has a new outline when it starts and when its first token comes, not for further ones", () => {
    expect(changes(sameOutline, [START, ...tokens])).toBe(2);
  });

  it("has a new outline for a further request, and for every change once it is over", () => {
    const end: RunEvent = {
      type: "run-end",
      finishReason: { raw: "length", kind: "length" },
      generatedText: "a",
      tokens: 40,
      requests: 2,
      at: 2_100,
    };
    const next = { type: "part-end", part: 0, finishReason: "length", at: 2_000 } as const;
    expect(changes(sameOutline, [START, ...tokens, next, token(40, 2_050, 1), end])).toBe(5);
  });

  it("beats four times a second while an answer is short", () => {
    // Two seconds of tokens: eight beats, and the run's start; the first beat is the first token's.
    expect(changes(sameSums, [START, ...tokens])).toBe(9);
  });

  it("beats once a second when it is long, with pictures every other one", () => {
    const long = Array.from({ length: 6_000 }, (_, index) => token(index, index));
    const begun = reduceRun(emptyRun(), [START, ...long.slice(0, 2_000)]);
    // Milliseconds 2,000 to 5,999, one token in each.
    expect(changes(sameSums, long.slice(2_000), begun)).toBe(4);
    expect(
      changes(samePictures, long.slice(2_000), reduceRun(emptyRun(), [START, ...long.slice(0, 2_000)])),
    ).toBe(2);
  });

  it("answers with the latest state when it does change", () => {
    let state = 1;
    const sample = createSample(
      () => state,
      (before, now) => Math.floor(before / 10) === Math.floor(now / 10),
    );
    state = 9;
    expect(sample()).toBe(1);
    state = 10;
    expect(sample()).toBe(10);
  });
});
