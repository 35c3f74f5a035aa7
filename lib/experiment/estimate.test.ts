import { describe, expect, test } from "vitest";
import type { RequestManner } from "#lib/wire/parameters.ts";
import { estimateExperiment } from "./estimate.ts";
import { paceOf } from "./pace.ts";
import { suggestConcurrency } from "./suggest-concurrency.ts";

const MANNER: RequestManner = {
  facts: { release: 36, mode: "async", engine: "vllm" },
  dialect: "lmi-async",
  stream: true,
};

/** 10 tokens/s slow, 20 fast; first token after 100 to 200 ms; answers from 11 tokens on. */
const RUNS = [
  { tokens: 11, elapsedMs: 600, firstTokenMs: 100 },
  { tokens: 101, elapsedMs: 10_200, firstTokenMs: 200 },
];

describe("an estimate", () => {
  const spec = { request: { parameters: { maxNewTokens: 100 } }, concurrency: 4 };

  test("goes from short answers at a fast pace to full ones at a slow pace", () => {
    const { requests, tokensAtMost, seconds, cost } = estimateExperiment({
      spec,
      cells: 10,
      manner: MANNER,
      pace: paceOf(RUNS),
      pricePerHour: 36,
    });
    expect([requests, tokensAtMost]).toEqual([10, 1_000]);
    // Three rounds of four: 0.1 s and 11 tokens at 20/s; 0.2 s and 100 tokens at 10/s.
    expect(seconds?.from).toBeCloseTo(3 * (0.1 + 11 / 20), 12);
    expect(seconds?.to).toBeCloseTo(3 * (0.2 + 100 / 10), 12);
    // A cent a second.
    expect(cost?.to).toBeCloseTo(0.306, 12);
  });

  test("says that it does not know what nobody has seen", () => {
    expect(estimateExperiment({ spec, cells: 2, manner: MANNER, pace: null, pricePerHour: 1 })).toMatchObject(
      {
        seconds: null,
        cost: null,
      },
    );
    expect(
      estimateExperiment({ spec, cells: 2, manner: MANNER, pace: paceOf(RUNS), pricePerHour: null }).cost,
    ).toBeNull();
    const open = { request: { parameters: {} }, concurrency: 1 };
    const chat = { ...MANNER, dialect: "chat" as const };
    expect(
      estimateExperiment({ spec: open, cells: 2, manner: chat, pace: paceOf(RUNS), pricePerHour: 1 }),
    ).toEqual({ requests: 2, tokensAtMost: null, seconds: null, cost: null });
  });

  test("takes the container's own limit where none is set, and auto-continue's where that is on", () => {
    const cells = 3;
    const ask = (request: Parameters<typeof estimateExperiment>[0]["spec"]["request"]) =>
      estimateExperiment({
        spec: { request, concurrency: 1 },
        cells,
        manner: MANNER,
        pace: null,
        pricePerHour: null,
      });
    expect(ask({ parameters: {} }).tokensAtMost).toBe(90);
    expect(
      ask({ parameters: { maxNewTokens: 10 }, autoContinue: { maxRequests: 5, maxTokens: 40 } }),
    ).toMatchObject({
      requests: 15,
      tokensAtMost: 120,
    });
  });
});

test("a pace needs two tokens and a time between them", () => {
  expect(paceOf([{ tokens: 1, elapsedMs: 10, firstTokenMs: 10 }])).toBeNull();
  expect(paceOf([{ tokens: 5, elapsedMs: 10, firstTokenMs: null }])).toBeNull();
  expect(paceOf(RUNS)).toEqual({
    runs: 2,
    tokensPerSecond: { slow: 10, fast: 20 },
    firstTokenMs: { slow: 200, fast: 100 },
    shortest: 11,
  });
});

describe("how many at once", () => {
  function variant(size: string | undefined, currentInstances: number | null = 1) {
    const environment: Record<string, string> =
      size === undefined ? {} : { OPTION_MAX_ROLLING_BATCH_SIZE: size };
    return {
      currentInstances,
      container: {
        image: "",
        environment,
        modelDataUrl: null,
        label: "",
        sendsLogProbs: true,
        sendsAlternatives: true,
        acceptsMessages: true,
        wire: MANNER.facts,
      },
    };
  }

  test.each([
    ["nothing known", [variant(undefined)], { suggested: 4, places: null }],
    ["a small batch", [variant("2")], { suggested: 2, places: 2 }],
    ["a small batch on three machines", [variant("2", 3)], { suggested: 4, places: 6 }],
    ["a large batch", [variant("64")], { suggested: 4, places: 64 }],
    ["one of two known", [variant("2"), variant(undefined)], { suggested: 4, places: null }],
    ["no machine", [], { suggested: 4, places: null }],
    ["a word", [variant("auto")], { suggested: 4, places: null }],
  ])("%s", (_, variants, expected) => {
    expect(suggestConcurrency(variants)).toEqual(expected);
  });
});
