import { describe, expect, test } from "vitest";
import { expectedMeaning, judgeProbe, probeAnswer } from "./log-prob-meaning.ts";

test.each([
  [{ release: 36, mode: "async", engine: "vllm" }, "raw"],
  [{ release: 33, mode: "rolling", engine: "vllm" }, "raw"],
  [{ release: 31, mode: "rolling", engine: "vllm" }, "unknown"],
  [{ release: 31, mode: "rolling", engine: "lmi-dist" }, "unknown"],
  [{ release: 28, mode: "rolling", engine: "trtllm" }, "after-temperature"],
  [{ release: 36, mode: "async", engine: "trtllm" }, "none"],
  [{ release: 26, mode: "dynamic", engine: "other" }, "none"],
  [{ release: null, mode: null, engine: null }, "unknown"],
] as const)("%j sends %s numbers", (facts, meaning) => {
  expect(expectedMeaning(facts)).toBe(meaning);
});

/** What a model with these scores says at a temperature, if it adjusts by it. */
function scaled(logits: Record<string, number>, temperature: number) {
  const entries = Object.entries(logits).map(([text, logit]) => [text, logit / temperature] as const);
  const total = Math.log(entries.reduce((sum, [, logit]) => sum + Math.exp(logit), 0));
  return new Map(entries.map(([text, logit]) => [text, logit - total]));
}

describe("asking twice", () => {
  const logits = { a: 2, b: 1, c: -1 };

  test("finds numbers that stay", () => {
    const logProbs = scaled(logits, 1);
    const rounded = new Map([...logProbs].map(([text, value]) => [text, Number(value.toFixed(3))]));
    expect(judgeProbe({ temperature: 0.5, logProbs }, { temperature: 1.5, logProbs: rounded })).toBe("raw");
  });

  test("finds numbers that follow the temperature", () => {
    expect(
      judgeProbe(
        { temperature: 0.5, logProbs: scaled(logits, 0.5) },
        { temperature: 1.5, logProbs: scaled(logits, 1.5) },
      ),
    ).toBe("after-temperature");
  });

  test("says nothing where nothing can be told", () => {
    const sure = new Map([["a", -0.001]]);
    const other = new Map([["b", -1]]);
    expect(judgeProbe({ temperature: 0.5, logProbs: sure }, { temperature: 1.5, logProbs: sure })).toBeNull();
    expect(
      judgeProbe({ temperature: 0.5, logProbs: sure }, { temperature: 1.5, logProbs: other }),
    ).toBeNull();
  });

  test("needs only one token in common", () => {
    const cold = new Map([
      ["a", -0.5],
      ["b", -2],
    ]);
    const hot = new Map([
      ["a", -1.2],
      ["c", -1.5],
    ]);
    expect(judgeProbe({ temperature: 0.5, logProbs: cold }, { temperature: 1.5, logProbs: hot })).toBe(
      "after-temperature",
    );
  });
});

test("a probe compares the same token at the same place", () => {
  const at = (index: number, text: string, logProb: number, others: [string, number][] = []) => ({
    ...{ type: "token" as const, index, part: 0, id: null, special: false, counts: true, at: 0 },
    text,
    logProb,
    alternatives: others.map(([other, value]) => ({ id: null, text: other, logProb: value })),
  });
  const cold = probeAnswer(0.5, [at(0, "a", -0.5, [["b", -1]]), at(1, "c", -2)]);
  // Another first token: what follows it stands in another place, its alternatives do not.
  const hot = probeAnswer(1.5, [at(0, "b", -1, [["a", -0.5]]), at(1, "c", -0.1)]);
  expect(judgeProbe(cold, hot)).toBe("raw");
  expect(judgeProbe(cold, probeAnswer(1.5, [at(0, "z", -3), at(1, "c", -2)]))).toBeNull();
});
