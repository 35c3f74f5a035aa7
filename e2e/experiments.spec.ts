import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { graveFindings } from "./look-at.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";

/** Less probable for each token than the long one, and more probable as a whole: exp(-1.2) against exp(-3). */
const SHORT = [{ text: "No", logProb: -1.2 }];
const LONG = Array.from({ length: 10 }, (_, index) => ({
  text: index === 0 ? "Of" : " course",
  logProb: -0.3,
}));
const SLOW = { words: Array.from({ length: 200 }, () => " on"), delayMs: 100 };

function experimentOf(page: Page) {
  return {
    samples: page.getByRole("textbox", { name: "Samples", exact: true }),
    temperatures: page.getByRole("textbox", { name: "Temperatures" }),
    each: page.getByRole("textbox", { name: "Samples at each" }),
    atOnce: page.getByRole("textbox", { name: "Requests at once" }),
    start: page.getByRole("button", { name: /^Start/ }),
    takes: page.getByRole("region", { name: "What it takes" }),
    status: page.getByRole("main").getByRole("status").first(),
    answers: page.getByRole("table", { name: "Answers" }),
    steps: page.getByRole("table", { name: "By temperature" }),
    stopAll: page.getByRole("button", { name: "Stop all" }),
    resume: page.getByRole("button", { name: /^Resume/ }),
  };
}

test("samples of one prompt: ranked two ways, grouped, and each a run of its own", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  const experiment = experimentOf(page);
  await sagemaker.script(DEMO, { words: SHORT }, { words: LONG }, { words: SHORT });
  await playground.open(DEMO);
  await playground.prompt.fill("Shall we walk?");
  await page.getByRole("link", { name: "Sample this prompt 8 times" }).click();

  await expect(playground.prompt).toHaveValue("Shall we walk?");
  await expect(playground.endpoint).toHaveValue(DEMO);
  await expect(experiment.samples).toHaveValue("8");
  await experiment.samples.fill("3");
  await experiment.atOnce.fill("1");
  await expect(experiment.takes).toContainText("at most 768");
  await expect(experiment.takes).toContainText("whether it answers or not");
  await experiment.start.click();

  await expect(experiment.status).toHaveText("3 of 3 done");
  const rows = experiment.answers.getByRole("row");
  await expect(rows).toHaveCount(3);
  // By mean first: the long answer's tokens were expected more.
  await expect(rows.filter({ hasText: "Of course" })).toContainText("0.741");
  await expect(rows.filter({ hasText: "Of course" })).toContainText("-3.000");
  await expect(rows.filter({ hasText: "No" }).first()).toContainText("×2");
  await expect(rows.nth(1)).toContainText("Of course");
  await expect(experiment.answers.getByText("length effect")).toHaveCount(2);
  await experiment.answers.getByRole("button", { name: "Joint (nats)" }).click();
  await expect(experiment.answers.getByRole("columnheader", { name: /^Joint/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(rows.nth(1)).toContainText("No");
  await rows.nth(1).getByRole("button", { name: "Definition" }).focus();
  await expect(page.getByRole("tooltip")).toContainText(
    "By joint log probability this answer is #1, by mean it is #2",
  );
  await page.keyboard.press("Escape");
  await rows.nth(1).getByRole("button", { name: "2 identical answers" }).press("Enter");
  await expect(experiment.answers.getByRole("link", { name: "Sample 3" })).toBeVisible();
  expect(await graveFindings(page)).toEqual([]);

  await experiment.answers.getByRole("link", { name: /^Of course/ }).click();
  await expect(playground.confidence).toContainText("0.741");
  await expect(playground.tokens).toContainText("course");
});

test("a sweep: reloaded in the middle, stopped by keyboard, and resumed with what is left", async ({
  page,
  sagemaker,
}) => {
  const experiment = experimentOf(page);
  const words = (text: string) => ({ words: [{ text, logProb: -0.5 }] });
  await sagemaker.script(DEMO, words("One"), words("Two"), words("Two"), SLOW, SLOW);
  await page.goto(`/playground?endpoint=${DEMO}`);
  await playgroundOf(page).prompt.fill("Name a number.");
  await page.getByRole("link", { name: "Sweep temperature" }).click();
  await experiment.atOnce.fill("1");
  await experiment.start.press("Enter");

  await expect(experiment.status).toHaveText("3 of 7 done, 1 running, 3 waiting");
  await page.reload();
  await expect(experiment.status).toHaveText("3 of 7 done, 1 running, 3 waiting");
  expect(await sagemaker.liveInvocations()).toBe(1);
  await experiment.stopAll.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => sagemaker.liveInvocations(), { timeout: 1_000, intervals: [50] }).toBe(0);
  await expect(experiment.status).toHaveText("3 of 7 done, 3 waiting, 1 stopped");
  const rows = experiment.steps.getByRole("row");
  await expect(rows.nth(3)).toContainText("1 of 1");
  await expect(rows.nth(4)).toContainText("0 of 1");
  await expect(page.getByRole("region", { name: "Against temperature" })).toContainText("raw");

  await sagemaker.script(DEMO, words("Four"), words("Five"), words("Six"), words("Seven"));
  await experiment.resume.focus();
  await page.keyboard.press("Enter");
  await expect(experiment.status).toHaveText("7 of 7 done");
  await expect(experiment.answers.getByRole("link", { name: "One" })).toBeVisible();
  await expect(experiment.answers.getByRole("row").filter({ hasText: "Two" })).toContainText("×2");
  expect(await graveFindings(page)).toEqual([]);

  // The same token less probable at another temperature: the numbers move with it.
  const told = (logProb: number) => ({ words: [{ text: "Red", logProb }] });
  await sagemaker.script(DEMO, told(-0.4), told(-1.1));
  await page.getByRole("button", { name: "Find out" }).click();
  await expect(page.getByText("does not compare with that at another")).toBeVisible();
  await expect(page.getByRole("region", { name: "Against temperature" })).toContainText("after temperature");

  await page.getByRole("link", { name: "Experiments" }).first().click();
  await expect(page.getByRole("listitem").filter({ hasText: "Name a number." })).toContainText("7 of 7 done");
});

test("what cannot differ is said before it is sent, and many requests are asked about", async ({ page }) => {
  const experiment = experimentOf(page);
  await page.goto(`/experiments/new?endpoint=${DEMO}&temperature=0`);
  await expect(page.getByText("All samples will be the same.")).toBeVisible();
  await expect(experiment.takes).toContainText("at most 2,048");
  await experiment.start.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("The prompt is empty");
  await playgroundOf(page).prompt.fill("Why?");
  await page.getByText("Temperature sweep", { exact: true }).click();
  await experiment.each.fill("8");
  await experiment.start.click();
  const question = page.getByRole("dialog", { name: "Send 56 requests?" });
  await expect(question).toContainText("at most 14,336");
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await experiment.each.fill("17");
  await experiment.start.click();
  await expect(experiment.each).toHaveAccessibleDescription(/from 1 to 16/);
});
