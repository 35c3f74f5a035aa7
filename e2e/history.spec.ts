import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";

test("a reload in the middle of an answer comes back to it, and Stop still ends it", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, {
    words: Array.from({ length: 1_500 }, (_, index) => ` w${index}`),
    delayMs: 50,
  });
  await playground.open(DEMO);
  await playground.prompt.fill("Go on for long");
  await playground.run.click();
  await expect(playground.tokens).toContainText("w0");

  // At once: what is seen of an answer is never lost.
  await page.reload();
  await expect(playground.tokens).toContainText("w0 w1 w2 w3 w4 w5");
  await expect(playground.prompt).toHaveValue("Go on for long");
  await expect(playground.tokens).toContainText("w30");
  expect(await sagemaker.liveInvocations()).toBe(1);
  await playground.stop.click();
  await expect(playground.status).toHaveText(/^Stopped by you/);
  await expect.poll(() => sagemaker.liveInvocations()).toBe(0);
});

test("a run is found, marked, opened again and deleted in the history", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, {
    words: ["Only", " herons", { text: " doubt", logProb: -3 }],
    finish: "eos",
  });
  await playground.open(DEMO);
  await playground.prompt.fill("A question about birds");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  const confidence = await playground.confidence.textContent();

  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("searchbox", { name: "Search the history" }).fill("herons birds");
  const row = page.getByRole("list", { name: "Runs" }).getByRole("listitem");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Ended by itself");
  await row.getByRole("button", { name: "Star: A question about birds" }).click();
  await row.getByRole("button", { name: "Notes" }).click();
  await row.getByRole("textbox", { name: "Tags" }).fill("demo, birds");
  await row.getByRole("textbox", { name: "Notes" }).fill("Shown on Monday.");
  await row.getByRole("button", { name: "Keep" }).click();
  await page.getByRole("combobox", { name: "Tag" }).selectOption("birds");
  await page.reload();
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Shown on Monday.");
  await expect(row.getByRole("button", { name: "Star: A question about birds" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  await row.getByRole("link", { name: "Open" }).click();
  await expect(playground.tokens).toHaveText(/Only herons doubt/);
  await expect(playground.confidence).toHaveText(confidence ?? "");

  await page.goBack();
  await row.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No run fits")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("Shown on Monday.");
  await row.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No run fits")).toBeVisible();
  await page.reload();
  await expect(page.getByText("No run fits")).toBeVisible();
});

test("a template is kept, filled in and used", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await playground.open(DEMO);
  await playground.prompt.fill("Tell me about {{topic}}.");
  await page.getByRole("button", { name: "Templates" }).click();
  await page.getByRole("textbox", { name: "Keep the present prompt as" }).fill("About something");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByRole("list", { name: "Templates" })).toContainText("About something");
  await page.keyboard.press("Escape");

  await playground.prompt.fill("Something else");
  await page.getByRole("button", { name: "Templates" }).click();
  await page.getByRole("button", { name: "Use About something" }).click();
  await expect(playground.prompt).toHaveValue("Tell me about {{topic}}.");
  await playground.run.click();
  await expect(page.getByText("This variable has no value yet.")).toBeVisible();
  await sagemaker.script(DEMO, { words: ["Well"], finish: "eos" });
  await page.getByRole("textbox", { name: "topic" }).fill("tea");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  await playground.view("Wire").check();
  await page.getByText("Request body").click();
  await expect(page.getByText("Tell me about tea.")).toBeVisible();
  await page.getByRole("button", { name: "Templates" }).click();
  await page.getByRole("button", { name: "Delete About something" }).click();
  await expect(page.getByText("None yet.")).toBeVisible();
});
