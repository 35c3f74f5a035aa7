import { describe, expect, test } from "vitest";
import { createRandom } from "../random.ts";
import { logSumExp, pickToken, type SamplingSettings, type Scored } from "./sampling.ts";

// Probabilities 0.5, 0.25, 0.15, 0.1 as scores with an arbitrary offset.
const SCORED: Scored[] = [0.5, 0.25, 0.15, 0.1].map(
  (probability, id) => [id, Math.log(probability) + 3] as const,
);
const PLAIN: SamplingSettings = {
  temperature: 1,
  topK: 0,
  topP: 1,
  minP: 0,
  repetitionPenalty: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
};
const NOTHING = { generated: new Map<number, number>(), prompt: new Set<number>() };
const DRAWS = 20_000;

function frequencies(settings: Partial<SamplingSettings>, history = NOTHING, scored = SCORED): number[] {
  const random = createRandom(11);
  const counts = scored.map(() => 0);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const id = pickToken(scored, { ...PLAIN, ...settings }, history, random);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts.map((count) => count / DRAWS);
}

function expectClose(found: number[], wanted: number[]): void {
  for (const [index, value] of wanted.entries()) expect(found[index]).toBeCloseTo(value, 1.7);
  // A token that is cut off is never drawn at all.
  expect(found.map((value) => value === 0)).toEqual(wanted.map((value) => value === 0));
}

test("the sum of exponentials turns scores into log probs", () => {
  expect((SCORED[1]?.[1] ?? 0) - logSumExp(SCORED)).toBeCloseTo(Math.log(0.25), 12);
  expect(
    logSumExp([
      [0, 1000],
      [1, 1000],
    ]),
  ).toBeCloseTo(1000 + Math.log(2), 9);
});

describe("drawing", () => {
  test("follows the distribution", () => expectClose(frequencies({}), [0.5, 0.25, 0.15, 0.1]));

  test("temperature sharpens it: squares at one half", () => {
    expectClose(frequencies({ temperature: 0.5 }), [0.725, 0.181, 0.065, 0.029]);
  });

  test("temperature 0 takes the best", () => expectClose(frequencies({ temperature: 0 }), [1, 0, 0, 0]));

  test("top-k keeps the k best", () => expectClose(frequencies({ topK: 2 }), [2 / 3, 1 / 3, 0, 0]));

  test("top-p keeps the token that crosses the bound", () => {
    expectClose(frequencies({ topP: 0.6 }), [2 / 3, 1 / 3, 0, 0]);
    expectClose(frequencies({ topP: 0.4 }), [1, 0, 0, 0]);
  });

  test("min-p is relative to the best", () =>
    expectClose(frequencies({ minP: 0.28 }), [0.556, 0.278, 0.167, 0]));
});

describe("penalties", () => {
  test("repetition divides positive scores and multiplies negative ones, prompt included", () => {
    const scored: Scored[] = [
      [0, 2],
      [1, 1.5],
      [2, -1],
    ];
    const history = { generated: new Map<number, number>(), prompt: new Set([0]) };
    expect(frequencies({ temperature: 0, repetitionPenalty: 2 }, history, scored)).toEqual([0, 1, 0]);
    const negative: Scored[] = [
      [0, -1],
      [1, -1.5],
    ];
    expect(frequencies({ temperature: 0, repetitionPenalty: 2 }, history, negative)).toEqual([0, 1]);
  });

  test("frequency counts what was generated, presence only whether", () => {
    const history = { generated: new Map([[0, 3]]), prompt: new Set([1]) };
    const scored: Scored[] = [
      [0, 2],
      [1, 1],
    ];
    expect(frequencies({ temperature: 0, frequencyPenalty: 0.3 }, history, scored)).toEqual([1, 0]);
    expect(frequencies({ temperature: 0, frequencyPenalty: 0.4 }, history, scored)).toEqual([0, 1]);
    expect(frequencies({ temperature: 0, presencePenalty: 0.9 }, history, scored)).toEqual([1, 0]);
    expect(frequencies({ temperature: 0, presencePenalty: 1.1 }, history, scored)).toEqual([0, 1]);
  });
});

test("the same seed draws the same tokens", () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 50 }, () => pickToken(SCORED, PLAIN, NOTHING, random));
  };
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
});
