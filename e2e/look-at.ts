import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

export const FOLDER = "test-results/screenshots";
export const WIDTHS = [390, 1024, 1600];
const SCHEMES = ["light", "dark"] as const;

/** All that another scheme can break: names, roles and order are the same in both. */
const RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"];

/**
 * A picture of the page in each scheme at each width, none of which may scroll sideways; barriers are looked for at the
 * first width of each scheme, since the rules take seconds each time.
 */
export async function lookAt(page: Page, name: string, widths: readonly number[] = WIDTHS): Promise<void> {
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const picture = `${name}-${scheme}-${width}`;
      await page.screenshot({ path: `${FOLDER}/${picture}.png`, fullPage: true });
      // Soft, so that one run shows every screen and every finding.
      expect.soft(await page.evaluate(overflow), `sideways scrolling of ${picture}`).toBe(0);
      if (width !== widths[0]) continue;
      const rules = scheme === SCHEMES[0] ? null : RULES_OF_COLOUR;
      expect.soft(await graveFindings(page, rules), picture).toEqual([]);
    }
  }
}

/** What a machine can tell of barriers, from serious on: by these rules, or by all of them. */
export async function graveFindings(page: Page, rules: string[] | null = null): Promise<string[]> {
  // Our pages have no frames, whose findings would be put together in a second page.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules === null ? axe : axe.withRules(rules)).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Pixels by which the page is wider than the window. */
function overflow(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
