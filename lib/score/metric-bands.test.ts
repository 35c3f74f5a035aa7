import { expect, test } from "vitest";
import { entropyBand, legendOf, METRICS, rankBand } from "./metric-bands.ts";

test.each([
  [0, 5],
  [0.14, 5],
  [0.15, 4],
  [0.51, 3],
  [1, 2],
  [2, 1],
  [3.31, 1],
  [3.32, 0],
  [9, 0],
] as const)("an entropy of %s bits is in band %s", (bits, band) => {
  expect(entropyBand(bits)).toBe(band);
});

test.each([
  [1, 5],
  [2, 3],
  [5, 3],
  [6, 1],
  [20, 1],
  [21, 0],
] as const)("rank %s is in band %s", (rank, band) => {
  expect(rankBand({ rank, atLeast: false })).toBe(band);
});

test("every metric has a legend whose numbers are the edges of its bands", () => {
  for (const metric of METRICS) expect(legendOf(metric).at(-1)?.band).toBe(5);
  expect(legendOf("entropy").map(({ edges }) => edges)).toEqual([
    "≥ 3.32",
    "2–3.32",
    "1–2",
    "0.51–1",
    "0.15–0.51",
    "< 0.15",
  ]);
  expect(legendOf("rank").map(({ edges }) => edges)).toEqual(["> 20", "6–20", "2–5", "1"]);
  expect(legendOf("surprisal")[0]?.edges).toBe("> 3.32");
});
