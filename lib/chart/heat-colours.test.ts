import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HEAT_COLOURS } from "./heat-colours.ts";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

function pairOf(variable: string): string[] {
  return new RegExp(`--${variable}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css)?.slice(1) ?? [];
}

test("are those of the page", () => {
  for (const band of [0, 1, 2, 3, 4, 5]) {
    expect(pairOf(`heat-${band}`)).toEqual([HEAT_COLOURS.light.bands[band], HEAT_COLOURS.dark.bands[band]]);
  }
  expect(pairOf("heat-ink")).toEqual([HEAT_COLOURS.light.ink, HEAT_COLOURS.dark.ink]);
});

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left);
  return (high + 0.05) / (low + 0.05);
}

test("text on every band can be read (WCAG 1.4.3), and lightness orders the bands", () => {
  for (const { bands, ink } of Object.values(HEAT_COLOURS)) {
    for (const band of bands) expect(contrast(band, ink)).toBeGreaterThanOrEqual(4.5);
    const steps = bands.map((band) => contrast(band, ink));
    expect(steps).toEqual(steps.toSorted((left, right) => left - right));
  }
});
