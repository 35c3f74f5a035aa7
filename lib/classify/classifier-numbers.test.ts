import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fitTemperature, type JudgedRow } from "./fit-temperature.ts";
import { logDifference, logSumExp } from "./log-sum-exp.ts";
import { measureClassifier } from "./measure-classifier.ts";
import { logSoftmax } from "./softmax.ts";
import { splitRows } from "./split-rows.ts";

const measureSchema = z.object({
  rows: z.number(),
  accuracy: z.number(),
  logLoss: z.number(),
  brier: z.number(),
  calibrationError: z.number(),
  bins: z.array(
    z.object({ count: z.number(), confidence: z.number().nullable(), accuracy: z.number().nullable() }),
  ),
});
const vectors = z
  .array(
    z.object({
      name: z.string(),
      rows: z.array(z.object({ logits: z.array(z.number()), truth: z.number() })),
      raw: measureSchema,
      at: z.object({ temperature: z.number(), measure: measureSchema }),
      fitted: z.number(),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL("./fixtures/classifier-vectors.json", import.meta.url), "utf8")));

function expectClose(actual: number | null | undefined, expected: number | null): void {
  if (expected === null) {
    expect(actual).toBeNull();
    return;
  }
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
    1e-9 * Math.max(1, Math.abs(expected)),
  );
}

function expectMeasure(
  rows: JudgedRow[],
  temperature: number,
  expected: z.infer<typeof measureSchema>,
): void {
  const found = measureClassifier(rows, temperature);
  expect(found?.rows).toBe(expected.rows);
  for (const number of ["accuracy", "logLoss", "brier", "calibrationError"] as const) {
    expectClose(found?.[number], expected[number]);
  }
  expect(found?.bins.map(({ count }) => count)).toEqual(expected.bins.map(({ count }) => count));
  for (const [index, bin] of expected.bins.entries()) {
    expectClose(found?.bins[index]?.confidence, bin.confidence);
    expectClose(found?.bins[index]?.accuracy, bin.accuracy);
  }
}

describe.each(vectors)("computed elsewhere: $name", ({ rows, raw, at, fitted }) => {
  test("as the model said it", () => expectMeasure(rows, 1, raw));
  test("at another temperature", () => expectMeasure(rows, at.temperature, at.measure));
  test("the fitted temperature", () => {
    const found = fitTemperature(rows);
    expectClose(found.ok ? found.value : null, fitted);
  });
});

describe("a set whose temperature is known", () => {
  const rows = syntheticRows(6_000, 2);
  const { fit, heldOut } = splitRows(rows, 7);
  const fitted = fitTemperature(fit);
  const temperature = fitted.ok ? fitted.value : Number.NaN;

  test("2.0 is found within five in a hundred", () => {
    expect(Math.abs(temperature / 2 - 1)).toBeLessThan(0.05);
  });

  test("and rows that it never saw are better calibrated by it, and not otherwise ordered", () => {
    const raw = measureClassifier(heldOut, 1);
    const calibrated = measureClassifier(heldOut, temperature);
    expect(raw?.calibrationError).toBeGreaterThan(0.05);
    expect(calibrated?.calibrationError).toBeLessThan(0.02);
    expect(calibrated?.logLoss).toBeLessThan(raw?.logLoss ?? 0);
    expect(calibrated?.brier).toBeLessThan(raw?.brier ?? 0);
    expect(calibrated?.accuracy).toBe(raw?.accuracy);
  });
});

/** Labels drawn from a known softmax, by a model that reports `sharpness` times its logits. */
function syntheticRows(count: number, sharpness: number): JudgedRow[] {
  // Weyl sequences: evenly spread numbers without a generator.
  const spread = (index: number, step: number) => (index * step) % 1;
  return Array.from({ length: count }, (_, index) => {
    const honest = [
      4 * spread(index + 1, Math.SQRT2) - 2,
      4 * spread(index + 1, Math.sqrt(3)) - 2,
      4 * spread(index + 1, Math.sqrt(5)) - 2,
    ];
    let left = spread(index + 1, Math.sqrt(7));
    const truth = logSoftmax(honest, 1).findIndex((logProb) => {
      left -= Math.exp(logProb);
      return left < 0;
    });
    return { logits: honest.map((logit) => logit * sharpness), truth: Math.max(truth, 0) };
  });
}

describe("no temperature", () => {
  test("for a model that is never wrong", () => {
    expect(fitTemperature([{ logits: [-0.1, -3], truth: 0 }])).toMatchObject({
      ok: false,
      failure: {
        message: expect.stringContaining("No row that the temperature would be fitted to is wrong"),
      },
    });
  });

  test("for one that is wrong the surer it is", () => {
    const rows = [
      { logits: [-0.01, -9], truth: 1 },
      { logits: [-0.6, -0.8], truth: 0 },
    ];
    expect(fitTemperature(rows)).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining("not more often right where it is surer") },
    });
  });
});

describe("a split", () => {
  const rows = Array.from({ length: 41 }, (_, index) => index);

  test("holds every row once and the odd one out", () => {
    const { fit, heldOut } = splitRows(rows, 1);
    expect([fit.length, heldOut.length]).toEqual([20, 21]);
    expect([...fit, ...heldOut].toSorted((one, other) => one - other)).toEqual(rows);
  });

  test("is the seed's and nothing else's", () => {
    expect(splitRows(rows, 1)).toEqual(splitRows(rows, 1));
    expect(splitRows(rows, 1)).not.toEqual(splitRows(rows, 2));
    expect(splitRows(rows, 1).fit).not.toEqual(rows.slice(0, 20));
  });
});

describe("sums of probabilities by their logarithms", () => {
  test("never overflow or underflow", () => {
    expectClose(logSumExp([-800, -800]), -800 + Math.LN2);
    expectClose(logSumExp([-0.5, -1000]), -0.5);
    expectClose(logSumExp([Math.log(0.25), Math.log(0.5)]), Math.log(0.75));
    expect(logSumExp([])).toBe(Number.NEGATIVE_INFINITY);
    expect(logSumExp([Number.NEGATIVE_INFINITY])).toBe(Number.NEGATIVE_INFINITY);
  });

  test("and so do differences", () => {
    expectClose(logDifference(Math.log(0.75), Math.log(0.5)), Math.log(0.25));
    expectClose(logDifference(-800, -801), -800 + Math.log(1 - Math.exp(-1)));
    expect(logDifference(-1, -1)).toBe(Number.NEGATIVE_INFINITY);
    expect(logDifference(-1, Number.NEGATIVE_INFINITY)).toBe(-1);
  });
});
