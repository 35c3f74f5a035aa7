import { describe, expect, test } from "vitest";
import { type ExperimentSpec, experimentSpecSchema } from "./experiment-spec.ts";
import { planCells } from "./plan-cells.ts";

const REQUEST = { endpointName: "demo", prompt: "Why?", parameters: { maxNewTokens: 8 } };

function samples(parameters: object, count = 3): ExperimentSpec {
  return experimentSpecSchema.parse({
    kind: "samples",
    request: { ...REQUEST, parameters },
    samples: count,
    concurrency: 2,
  });
}

describe("samples", () => {
  test("are the same request, as often as wanted", () => {
    const cells = planCells(samples({ temperature: 0.7 }));
    expect(cells.map(({ position, sample }) => [position, sample])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(new Set(cells.map(({ request }) => JSON.stringify(request))).size).toBe(1);
  });

  test("count a seed up, so that no answer comes twice because of it", () => {
    const seeds = planCells(samples({ seed: 41 })).map(({ request }) => request.parameters.seed);
    expect(seeds).toEqual([41, 42, 43]);
  });

  test("begin again at 0 behind the greatest seed", () => {
    const seeds = planCells(samples({ seed: 4_294_967_295 })).map(({ request }) => request.parameters.seed);
    expect(seeds).toEqual([4_294_967_295, 0, 1]);
  });
});

test("a sweep takes every temperature once before any of them twice, with one seed for a sample of all", () => {
  const cells = planCells(
    experimentSpecSchema.parse({
      kind: "sweep",
      request: { ...REQUEST, parameters: { temperature: 0.3, seed: 7 } },
      temperatures: [0, 0.5, 1],
      samples: 2,
      concurrency: 4,
    }),
  );
  expect(
    cells.map(({ position, sample, request: { parameters } }) => [
      position,
      sample,
      parameters.temperature,
      parameters.seed,
    ]),
  ).toEqual([
    [0, 0, 0, 7],
    [1, 0, 0.5, 7],
    [2, 0, 1, 7],
    [3, 1, 0, 8],
    [4, 1, 0.5, 8],
    [5, 1, 1, 8],
  ]);
});

test.each([
  ["one sample", { kind: "samples", request: REQUEST, samples: 1, concurrency: 1 }],
  ["more samples than there may be", { kind: "samples", request: REQUEST, samples: 65, concurrency: 1 }],
  ["none at once", { kind: "samples", request: REQUEST, samples: 2, concurrency: 0 }],
  [
    "a temperature twice",
    { kind: "sweep", request: REQUEST, temperatures: [1, 1], samples: 1, concurrency: 1 },
  ],
  [
    "a temperature above 2",
    { kind: "sweep", request: REQUEST, temperatures: [1, 2.5], samples: 1, concurrency: 1 },
  ],
])("an experiment of %s is none", (_, spec) => {
  expect(experimentSpecSchema.safeParse(spec).success).toBe(false);
});
