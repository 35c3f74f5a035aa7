import { gzipSync } from "node:zlib";
import type { Page, Response } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

/** A kilobyte as in the budgets of web pages. */
const KB = 1_000;

/** Words that stand in one table alone: what options mean, what models measure, what the tree asks. */
const TABLES = {
  options: "option.max_rolling_batch_prefill_tokens",
  models: "mistralai/Mixtral-8x7B-v0.1",
  tree: "in_original_figure",
};

test("the wizard opens with less than 200 kB of script", async ({ page }) => {
  const scripts = await scriptsOf(
    page,
    "/deploy",
    page.getByRole("list", { name: "Models of the catalogue" }),
  );
  expect(weightOf(scripts)).toBeLessThan(200 * KB);
});

for (const path of ["/endpoints", "/playground"]) {
  test(`${path} carries none of the wizard's tables`, async ({ page }) => {
    const scripts = await scriptsOf(page, path, page.getByRole("main"));
    const carried = Object.entries(TABLES).filter(([, word]) => scripts.some((text) => text.includes(word)));
    expect(carried).toEqual([]);
  });
}

/**
 * Every script that a browser has loaded when the page stands and the network rests: those its HTML names, and
 * those that came late. Script for browsers without modules is not among them, since no such browser is served.
 */
async function scriptsOf(
  page: Page,
  path: string,
  landmark: ReturnType<Page["getByRole"]>,
): Promise<string[]> {
  const responses: Response[] = [];
  page.on("response", (response) => {
    if (/\.js(\?|$)/.test(response.url())) responses.push(response);
  });
  await page.goto(path);
  await expect(landmark).toBeVisible();
  await page.waitForLoadState("networkidle");
  return Promise.all(responses.map((response) => response.text()));
}

function weightOf(scripts: readonly string[]): number {
  return scripts.reduce((sum, text) => sum + gzipSync(text).length, 0);
}
