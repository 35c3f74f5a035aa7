import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const SLOW = { words: Array.from({ length: 1_500 }, (_, index) => ` w${index}`), delayMs: 50 };

for (const [how, stopIt] of [
  ["the button", (playground: ReturnType<typeof playgroundOf>) => playground.stop.click()],
  ["Escape", (playground: ReturnType<typeof playgroundOf>) => playground.prompt.press("Escape")],
] as const) {
  test(`an answer is stopped by ${how}, and what came is kept`, async ({ page, sagemaker }) => {
    const playground = playgroundOf(page);
    await sagemaker.script(DEMO, SLOW);
    await playground.open(DEMO);
    await playground.prompt.fill("Go on for ever");
    await playground.run.click();
    await expect(playground.tokens).toContainText("w3");
    expect(await sagemaker.liveInvocations()).toBe(1);

    await stopIt(playground);
    await expect(playground.status).toHaveText(/^Stopped by you after \d+ tokens\./);
    await expect(playground.tokens).toContainText("w3");
    await expect(playground.prompt).toHaveValue("Go on for ever");
    await expect.poll(() => sagemaker.liveInvocations()).toBe(0);
  });
}

test("an answer that was cut goes on where it ended", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(
    DEMO,
    { words: ["One", " two"], finish: "length" },
    { words: [" three", " four"], finish: "eos" },
  );
  await playground.open(DEMO);
  await playground.prompt.fill("Count");
  await playground.maxNewTokens.fill("2");
  await playground.run.click();
  await expect(playground.finishReason).toContainText("Cut at the token limit");
  await expect(playground.finishReason).toContainText("length");

  await playground.continueAnswer.click();
  await expect(playground.finishReason).toContainText("Ended by itself");
  await expect(playground.tokens).toHaveText("One two three four");
  await expect(playground.seams).toHaveCount(1);
  await expect(playground.counts).toContainText(/Requests\s*2/);

  await playground.view("Wire").check();
  await expect(page.getByText("Count", { exact: false }).first()).toBeVisible();
});

test("a long article is never truncated under auto-continue", async ({ page }) => {
  test.setTimeout(150_000);
  const playground = playgroundOf(page);
  await playground.open(DEMO);
  await playground.prompt.fill("Write a long article about walking.");
  await playground.maxNewTokens.fill("64");
  await playground.autoContinue.check();
  await page.getByRole("textbox", { name: "Max requests" }).fill("40");
  await playground.run.click();

  await expect(playground.seams.first()).toBeVisible({ timeout: 30_000 });
  await expect(playground.status).toHaveText(/^Finished: Ended by itself\./, { timeout: 120_000 });
  const requests = (await playground.seams.count()) + 1;
  expect(requests).toBeGreaterThan(2);
  await expect(playground.counts).toContainText(new RegExp(`Requests\\s*${requests}`));
});
