import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const WORDS = [
  "Anna",
  " has",
  { text: " 42", logProb: -2.5 },
  " cats",
  { text: " today", logProb: -0.9 },
  ".",
];

test("the keyboard alone runs a prompt and answers which word is weakest", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: WORDS, finish: "eos" });
  await page.goto(`/playground?endpoint=${DEMO}&view=text`);
  await expect(playground.endpoint).toHaveValue(DEMO);
  await tabTo(page, playground.prompt);
  await page.keyboard.type("How many cats?");
  await page.keyboard.press("Control+Enter");
  await expect(playground.status).toHaveText(/^Finished.*1 low word\./);

  await tabTo(page, page.getByRole("radio", { name: /^Words/ }));
  const first = page.getByRole("list", { name: "Weakest words, weakest first" }).getByRole("button").first();
  await tabTo(page, first);
  await expect(first).toContainText("today");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tooltip", { name: "Token 5" })).toContainText("-0.9");

  // From there on arrows go by token, with Shift by word, and brackets from one unsure token to the next.
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByRole("tooltip", { name: "Token 4" })).toBeVisible();
  await page.keyboard.press("[");
  await expect(page.getByRole("tooltip", { name: "Token 3" })).toBeVisible();
  await page.keyboard.press("]");
  await expect(page.getByRole("tooltip", { name: "Token 5" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toBeHidden();
});

/** Presses Tab until the element has the focus, as somebody without a pointer does. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never leads there.");
}
