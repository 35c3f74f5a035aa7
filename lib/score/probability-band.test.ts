import { describe, expect, test } from "vitest";
import { BANDS, bandEdges, probabilityBand } from "#lib/score/probability-band.ts";

test.each([
  [1, 5],
  [0.9, 5],
  [0.899, 4],
  [0.7, 4],
  [0.699, 3],
  [0.5, 3],
  [0.499, 2],
  [0.25, 2],
  [0.249, 1],
  [0.1, 1],
  [0.099, 0],
  [1e-30, 0],
])("p = %s is band %i", (probability, band) => {
  expect(probabilityBand(Math.log(probability))).toBe(band);
});

test("an edge that rounding puts a hair below itself still belongs above it", () => {
  for (const edge of [0.9, 0.7, 0.5, 0.25, 0.1]) {
    expect(probabilityBand(Math.log(edge))).toBe(probabilityBand(Math.log(edge + 0.001)));
  }
});

test("noise above 0 is sure; a probability too small for a number is the least sure", () => {
  expect(probabilityBand(1e-7)).toBe(5);
  expect(probabilityBand(-9_998)).toBe(0);
});

describe("edges for a legend, least sure first", () => {
  test.each([
    ["probability", ["< .1", ".1–.25", ".25–.5", ".5–.7", ".7–.9", "≥ .9"]],
    [
      "log-prob",
      ["< −2.30", "−2.30 to −1.39", "−1.39 to −0.69", "−0.69 to −0.36", "−0.36 to −0.11", "≥ −0.11"],
    ],
    ["surprisal", ["> 3.32", "2.00–3.32", "1.00–2.00", "0.51–1.00", "0.15–0.51", "≤ 0.15"]],
  ] as const)("%s", (unit, edges) => {
    expect(BANDS.map((band) => bandEdges(band, unit))).toEqual(edges);
  });
});
