import { describe, expect, test } from "vitest";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { runTiming, tokenGaps } from "#lib/run/timing.ts";

function at(...stamps: number[]): TokenEvent[] {
  return stamps.map((stamp, index) => ({
    type: "token",
    index,
    part: 0,
    id: 1,
    text: "a",
    logProb: -1,
    special: false,
    counts: true,
    at: stamp,
  }));
}

function timing(tokens: TokenEvent[], elapsed: number | null = null) {
  return runTiming({ tokens, tokenCount: tokens.filter((token) => token.counts).length, elapsed });
}

describe("runTiming", () => {
  test("rate is over the time between first and last token, so reading the prompt is not in it", () => {
    expect(timing(at(500, 600, 700, 1_000), 1_200)).toEqual({
      timeToFirstToken: 500,
      tokensPerSecond: 6,
      elapsed: 1_200,
    });
  });

  test("no token, one token, and all in one chunk have no rate", () => {
    expect(timing([])).toEqual({ timeToFirstToken: null, tokensPerSecond: null, elapsed: null });
    expect(timing(at(40), 50)).toEqual({ timeToFirstToken: 40, tokensPerSecond: null, elapsed: 50 });
    expect(timing(at(40, 40, 40)).tokensPerSecond).toBeNull();
  });

  test("a line that stands for no token is no first token", () => {
    const [held, ...rest] = at(10, 20, 30);
    const tokens = held ? [{ ...held, counts: false }, ...rest] : rest;
    expect(timing(tokens)).toMatchObject({ timeToFirstToken: 20, tokensPerSecond: 100 });
  });
});

describe("tokenGaps", () => {
  test("are gaps that did occur", () => {
    expect(tokenGaps(at(0, 10, 30, 60, 100))).toEqual({ p50: 20, p95: 40 });
  });

  test("of a hundred, the 95th is the 95th", () => {
    const stamps = [0];
    for (let gap = 1; gap <= 100; gap += 1) stamps.push((stamps.at(-1) ?? 0) + gap);
    expect(tokenGaps(at(...stamps))).toEqual({ p50: 50, p95: 95 });
  });

  test("numbers are ordered as numbers", () => {
    expect(tokenGaps(at(0, 9, 109)).p95).toBe(100);
  });

  test("need two tokens", () => {
    expect(tokenGaps([])).toEqual({ p50: null, p95: null });
    expect(tokenGaps(at(5))).toEqual({ p50: null, p95: null });
    expect(tokenGaps(at(5, 5))).toEqual({ p50: 0, p95: 0 });
  });
});
