import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";

test("a newcomer gets from the first page to an answer and what it says of itself", async ({ page }) => {
  const playground = playgroundOf(page);
  await page.goto("/");
  await expect(page).toHaveTitle(/Sagescope/);
  const demo = page.getByRole("row", { name: new RegExp(`^${DEMO} `) });
  await expect(demo).toContainText("InService");

  await page.getByRole("link", { name: "Playground", exact: true }).click();
  await expect(playground.endpoint).toHaveValue(DEMO);
  await playground.prompt.fill("Write a short paragraph about the benefits of exercising regularly.");
  await playground.maxNewTokens.fill("200");
  await playground.run.click();

  await expect(playground.tokens).not.toBeEmpty();
  await expect(playground.status).toHaveText(/^Finished: Ended by itself\. \d+ tokens\. Confidence /, {
    timeout: 45_000,
  });
  await expect(playground.finishReason).toContainText("on the wire: stop");
  await expect(playground.confidence).toContainText(/0\.\d+/);
  await expect(playground.confidence).toContainText(/\d+ tokens counted/);

  await playground.view("Wire").check();
  await expect(page.getByRole("main")).toContainText(/\d+ lines · \d+ cut between frames/);
  await expect(page.getByText("Request body")).toBeVisible();
  await playground.view("Table").check();
  await expect(page.getByRole("table", { name: "Tokens" })).toContainText("Log p (nats)");
});

test("tokens appear one by one, coloured by how sure the model was", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  const words = [
    { text: "Sure", logProb: -0.001 },
    { text: " unsure", logProb: -3 },
  ];
  const rest = Array.from({ length: 40 }, (_, index) => ` w${index}`);
  await sagemaker.script(DEMO, { words: [...words, ...rest], delayMs: 50 });
  await playground.open(DEMO);
  await playground.prompt.fill("Anything");
  await playground.prompt.press("Control+Enter");

  await expect(playground.tokens).toContainText("Sure unsure");
  await expect(playground.status).toHaveText("Generating.");
  await expect(playground.tokens).not.toContainText("w39");
  await expect(playground.status).toHaveText(/^Finished: .* 42 tokens\./);
  await expect(playground.tokens).toContainText("w39");

  const bare = await playground.tokens.getByText("Sure", { exact: true }).evaluate(background);
  const unsure = playground.tokens.getByText("unsure", { exact: true });
  expect(await unsure.evaluate(background)).not.toBe(bare);
});

test("a token tells its numbers to a mouse and to a keyboard", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: ["First", { text: " second", logProb: Math.log(0.25) }, " third"] });
  await playground.open(DEMO);
  await playground.prompt.fill("Anything");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);

  await playground.tokens.getByText("second", { exact: true }).hover();
  const second = page.getByRole("tooltip", { name: "Token 2" });
  await expect(second).toContainText("0.25");
  await expect(second).toContainText("nats");
  await playground.prompt.hover();
  await expect(second).toBeHidden();

  await playground.tokens.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tooltip", { name: /^Token [12]$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toBeHidden();
});

function background(element: Element) {
  return getComputedStyle(element).backgroundColor;
}
