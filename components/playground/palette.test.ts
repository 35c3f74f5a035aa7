import { readFileSync } from "node:fs";
import {
  type Color,
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
} from "culori";
import { describe, expect, test } from "vitest";

// The scales as the page has them: changing a colour there is judged here.
const css = ["globals.css", "delta.css"]
  .map((name) => readFileSync(new URL(`../../app/${name}`, import.meta.url), "utf8"))
  .join("\n");

function pairOf(variable: string): [light: string, dark: string] {
  const match = new RegExp(`--${variable}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  if (!match?.[1] || !match[2]) throw new Error(`the style sheets have no --${variable}`);
  return [match[1], match[2]];
}

function scaleOf(name: string, theme: 0 | 1): string[] {
  // The surest step is the surface itself.
  return [0, 1, 2, 3, 4].map((band) => pairOf(`${name}-${band}`)[theme]).concat(pairOf("heat-5")[theme]);
}

function seen(hex: string | undefined, see: (colour: Color) => Color | undefined): Color {
  const colour = parse(hex ?? "");
  const result = colour && see(colour);
  if (!result) throw new Error(`${hex} is no colour`);
  return result;
}

const ink = pairOf("heat-ink");
const difference = differenceCiede2000();
const VISIONS: Record<string, (colour: Color) => Color | undefined> = {
  "normal vision": (colour) => colour,
  deuteranopia: filterDeficiencyDeuter(1),
  protanopia: filterDeficiencyProt(1),
  tritanopia: filterDeficiencyTrit(1),
};

describe.each(["heat", "open"])("the scale --%s", (name) => {
  describe.each([
    ["light", 0],
    ["dark", 1],
  ] as const)("in %s", (_name, theme) => {
    const scale = scaleOf(name, theme);

    test("keeps every text readable (WCAG 1.4.3)", () => {
      for (const colour of scale) expect(wcagContrast(colour, ink[theme])).toBeGreaterThanOrEqual(4.5);
    });

    test("is ordered by lightness", () => {
      const contrasts = scale.map((colour) => wcagContrast(colour, ink[theme]));
      expect(contrasts).toEqual(contrasts.toSorted((left, right) => left - right));
    });

    test.each(Object.entries(VISIONS))("keeps neighbours apart for %s", (_vision, see) => {
      for (const [index, colour] of scale.slice(1).entries()) {
        const apart = difference(seen(scale[index], see), seen(colour, see));
        expect(apart, `${scale[index]} beside ${colour}`).toBeGreaterThanOrEqual(4);
      }
    });
  });
});

// Two directions from the bare middle: each side must be ordered, and no step may be taken for one of the other side.
describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("the scale of differences in %s", (_name, theme) => {
  const steps = [1, 2, 3] as const;
  const side = (name: string) => steps.map((step) => pairOf(`delta-${name}-${step}`)[theme]);
  const middle = pairOf("heat-5")[theme];
  const scale = [...side("left").toReversed(), middle, ...side("right")];

  test("keeps every text readable (WCAG 1.4.3)", () => {
    for (const colour of scale) expect(wcagContrast(colour, ink[theme])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["left", "right"])("grows away from the surface on the %s side", (name) => {
    const contrasts = [middle, ...side(name)].map((colour) => wcagContrast(colour, ink[theme]));
    expect(contrasts).toEqual(contrasts.toSorted((one, other) => other - one));
  });

  test.each(Object.entries(VISIONS))("keeps neighbours and sides apart for %s", (_vision, see) => {
    for (const [index, colour] of scale.slice(1).entries()) {
      const apart = difference(seen(scale[index], see), seen(colour, see));
      expect(apart, `${scale[index]} beside ${colour}`).toBeGreaterThanOrEqual(4);
    }
    for (const left of side("left")) {
      for (const right of side("right")) {
        expect(difference(seen(left, see), seen(right, see)), `${left} or ${right}`).toBeGreaterThanOrEqual(
          15,
        );
      }
    }
  });
});
