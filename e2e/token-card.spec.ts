import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a token's card opens by a tap and closes by a tap beside it", async ({ page, sagemaker }) => {
    const playground = playgroundOf(page);
    await sagemaker.script(DEMO, { words: ["First", " second", " third"] });
    await playground.open(DEMO);
    await playground.prompt.fill("Anything");
    await playground.run.tap();
    await expect(playground.status).toHaveText(/^Finished/);
    await expect(playground.tokens).toBeInViewport();

    await playground.tokens.getByText("second", { exact: true }).tap();
    const card = page.getByRole("dialog", { name: "Token 2" });
    await expect(card).toBeVisible();
    await card.tap();
    await expect(card).toBeVisible();
    await page.getByRole("heading", { name: "Answer" }).tap();
    await expect(card).toBeHidden();
  });

  test("Stop stays within reach of the answer", async ({ page, sagemaker }) => {
    const playground = playgroundOf(page);
    const words = Array.from({ length: 200 }, (_, index) => ` w${index}`);
    await sagemaker.script(DEMO, { words, delayMs: 50 });
    await playground.open(DEMO);
    await playground.prompt.fill("Anything");
    await playground.run.tap();
    await expect(playground.tokens).toContainText("w3");
    await page
      .getByRole("region", { name: "Answer", exact: true })
      .getByRole("button", { name: "Stop" })
      .tap();
    await expect(playground.status).toHaveText(/^Stopped by you/);
    await expect(playground.tokens).toContainText("w3");
  });

  test("a limit of auto-continue that cannot be read is shown, folded away or not", async ({ page }) => {
    const playground = playgroundOf(page);
    await playground.open(DEMO);
    await playground.prompt.fill("Anything");
    const fold = page.getByRole("button", { name: "Parameters" });
    await fold.tap();
    await playground.autoContinue.check();
    await page.getByRole("textbox", { name: "Max requests" }).fill("0");
    await fold.tap();
    await expect(playground.autoContinue).toBeHidden();
    await playground.run.tap();
    await expect(page.getByText("Max requests must be a whole number from 1 to 100.")).toBeVisible();
  });
});

test("a card opened by hovering closes on Esc, and with the answer it belongs to", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: ["First", " second"] });
  await playground.open(DEMO);
  await playground.prompt.fill("Anything");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  const second = playground.tokens.getByText("second", { exact: true });
  await second.hover();
  await expect(page.getByRole("tooltip")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toBeHidden();

  await second.click();
  const pinned = page.getByRole("dialog", { name: "Token 2" });
  await expect(pinned).toBeVisible();
  await sagemaker.script(DEMO, { words: ["Other"] });
  await page.keyboard.press("Control+Enter");
  await expect(playground.tokens).toContainText("Other");
  await expect(pinned).toBeHidden();
});

test("line ends that open an answer leave its first word on the first line", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: ["\n", "\n", "One", "\n", "Two"] });
  await playground.open(DEMO);
  await playground.prompt.fill("Anything ");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  await expect(page.getByText("The prompt ends in a space.")).toBeVisible();
  const top = (await playground.tokens.boundingBox())?.y ?? 0;
  const one = (await playground.tokens.getByText("One", { exact: true }).boundingBox())?.y ?? 0;
  const two = (await playground.tokens.getByText("Two", { exact: true }).boundingBox())?.y ?? 0;
  expect(one - top).toBeLessThan(16);
  expect(two - one).toBeGreaterThan(16);
  expect(await playground.tokens.evaluate((element) => element.textContent)).toBe("\n\nOne\nTwo");
});
