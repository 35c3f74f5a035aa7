import { describe, expect, test } from "vitest";
import { buildExperiment, readTemperatures } from "./build-experiment.ts";

const QUESTION = { endpointName: "demo", prompt: "Why?", parameters: { maxNewTokens: 8 } };
const DRAFT = { kind: "sweep", samples: "8", each: "2", temperatures: "0, 0.5 1", concurrency: "4" } as const;

describe("a form", () => {
  test("becomes an experiment of the kind that is chosen", () => {
    expect(buildExperiment(DRAFT, QUESTION)).toEqual({
      ok: true,
      value: { kind: "sweep", request: QUESTION, temperatures: [0, 0.5, 1], samples: 2, concurrency: 4 },
    });
    expect(buildExperiment({ ...DRAFT, kind: "samples", temperatures: "nonsense" }, QUESTION)).toEqual({
      ok: true,
      value: { kind: "samples", request: QUESTION, samples: 8, concurrency: 4 },
    });
  });

  test("says everything that is wrong with it at once, by field", () => {
    const built = buildExperiment({ ...DRAFT, each: "", temperatures: "0, 0", concurrency: "2.5" }, QUESTION);
    expect(built.ok ? [] : built.failures.map(({ field }) => field).toSorted()).toEqual([
      "concurrency",
      "each",
      "temperatures",
    ]);
  });
});

test("temperatures are read with any mark between them, and words are not overlooked", () => {
  expect(readTemperatures(" 0;0.25,\t1 ")).toEqual([0, 0.25, 1]);
  expect(readTemperatures("0, warm")).toEqual([0, Number.NaN]);
});
