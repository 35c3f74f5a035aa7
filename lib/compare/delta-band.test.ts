import { expect, test } from "vitest";
import { DELTA_BANDS, deltaBand, deltaEdges } from "./delta-band.ts";

test.each([
  [1, 0],
  [1.09, 0],
  [1.11, 1],
  [1.51, 2],
  [3.9, 2],
  [4.01, 3],
  [1e9, 3],
] as const)("%s times as likely is band %s, and minus that the other way round", (ratio, band) => {
  expect(deltaBand(Math.log(ratio))).toBe(band);
  expect(deltaBand(-Math.log(ratio)) + band).toBe(0);
});

test("every band has its ratios in the legend, the same to both sides", () => {
  expect(DELTA_BANDS.map(deltaEdges)).toEqual([
    "≥ 4×",
    "1.5–4×",
    "1.1–1.5×",
    "within 1.1×",
    "1.1–1.5×",
    "1.5–4×",
    "≥ 4×",
  ]);
});
