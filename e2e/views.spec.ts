import { readFile } from "node:fs/promises";
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

test.beforeEach(async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: WORDS, finish: "eos" });
  await playground.open(DEMO);
  await playground.prompt.fill("How many cats?");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
});

test("numbers are spans of their own, and the listed ones are marked in the text", async ({ page }) => {
  await playgroundOf(page).view("Text").check();
  await page.getByRole("radio", { name: /^Numbers/ }).check();
  const weakest = page.getByRole("list", { name: "Weakest numbers, weakest first" });
  await expect(weakest.getByRole("button")).toHaveText(/42.*0\.082/);
  expect(await page.evaluate(markedText, "weak-0")).toEqual(["42"]);
});

test("a threshold marks tokens in the text, counts them, and stays in the address", async ({ page }) => {
  const playground = playgroundOf(page);
  await playground.view("Tokens").check();
  const low = playground.tokens.getByText("42", { exact: true });
  const middling = playground.tokens.getByText("today", { exact: true });
  const shadow = (element: Element) => getComputedStyle(element).boxShadow;
  await expect(page.getByText("2 of 6 tokens are marked.")).toBeVisible();
  expect(await middling.evaluate(shadow)).not.toBe("none");
  const threshold = page.getByRole("slider", { name: "Marked below p" });
  await threshold.focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowLeft");
  await expect(page.getByText("1 of 6 tokens are marked.")).toBeVisible();
  expect(await low.evaluate(shadow)).not.toBe("none");
  expect(await middling.evaluate(shadow)).toBe("none");
  await expect(page).toHaveURL(/below=0\.3/);
});

test("the chart and the text show each other's place, and a selection is scored", async ({ page }) => {
  const playground = playgroundOf(page);
  await playground.view("Tokens").check();
  const chart = page.getByRole("slider", { name: "Place in the answer" });
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(chart).toHaveAttribute("aria-valuetext", /Token 3 “ 42”: p 0\.082/);
  expect(await page.evaluate(markedText, "pointed-at")).toEqual(["42"]);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByText(/Tokens 3 to 5: joint -3\.450 nats, confidence 0\.317 over 3/)).toBeVisible();
  expect(await page.evaluate(markedText, "selected-stretch")).toEqual(["42 cats today"]);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tooltip", { name: "Token 5" })).toBeVisible();

  await playground.tokens.getByText("42", { exact: true }).hover();
  await expect(page.getByText(/^Token 3 “ 42”: p 0\.082, -2\.500 nats$/)).toBeVisible();
});

test("white space is shown without changing what is copied or found", async ({ page }) => {
  const playground = playgroundOf(page);
  await playground.view("Tokens").check();
  await page.getByRole("checkbox", { name: "Spaces" }).check();
  const copied = await playground.tokens.evaluate((element) => {
    getSelection()?.selectAllChildren(element);
    return getSelection()?.toString();
  });
  expect(copied).toBe("Anna has 42 cats today.");
  await page.evaluate(() => getSelection()?.empty());
  expect(await page.evaluate(findInPage, "42 cats today")).toBe(true);
  await expect(page).toHaveURL(/spaces=true/);
});

test("the wire shows frames, lines and what each brought", async ({ page }) => {
  await playgroundOf(page).view("Wire").check();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect(answer).toContainText(/[1-9][\d,]* frames, [1-9][\d,]* bytes/);
  const lines = page.getByRole("region", { name: "Lines of the answer" });
  await lines.getByRole("button", { name: /token 3$/ }).click();
  const line = page.getByRole("region", { name: "Line", exact: true });
  await expect(line).toContainText(/\d+ bytes/);
  await expect(line).toContainText("42");
  await line.getByRole("button", { name: "Show in the text" }).click();
  await expect(page.getByRole("tooltip", { name: "Token 3" })).toBeVisible();
});

test("the table sorts, narrows and is saved", async ({ page }) => {
  await playgroundOf(page).view("Table").check();
  const rows = page.getByRole("table", { name: "Tokens" }).getByRole("row");
  await page.getByRole("button", { name: "Probability" }).click();
  await expect(rows.nth(1)).toContainText("42");
  await expect(page.getByRole("columnheader", { name: "Probability" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
  await page.getByRole("combobox", { name: "Which tokens" }).selectOption("0.5");
  await expect(rows).toHaveCount(3);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const csv = await readFile(await (await saving).path(), "utf8");
  expect(csv.split("\r\n")[3]).toContain('" 42",true,false,-2.5,');
});

test("a saved run opens again with the same numbers, also from its page", async ({ page, context }) => {
  const playground = playgroundOf(page);
  const confidence = await playground.confidence.textContent();
  for (const [name, file] of [
    ["Capsule (.json)", "run.json"],
    ["Page (.html)", "run.html"],
  ] as const) {
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toBe(file);
    const content = await readFile(await download.path(), "utf8");
    expect(content).not.toMatch(/AWS|SECRET|000000000000|127\.0\.0\.1/);
    const other = await context.newPage();
    await playgroundOf(other).open(DEMO);
    await other
      .getByLabel("File of a saved run")
      .setInputFiles({ name: file, mimeType: "text/plain", buffer: Buffer.from(content) });
    await expect(playgroundOf(other).tokens).toHaveText(/Anna has 42 cats today\./);
    await expect(playgroundOf(other).confidence).toHaveText(confidence ?? "");
    await other.close();
    await page.keyboard.press("Escape");
  }
});

test("the heatmap is saved as a picture, and the request as code", async ({ page }) => {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Heatmap (.png)" }).click();
  const png = await readFile(await (await saving).path());
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.length).toBeGreaterThan(5_000);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Code" }).click();
  const code = page.getByRole("region", { name: "Code" });
  await expect(code).toContainText("invoke_endpoint_with_response_stream");
  await expect(code).toContainText("How many cats?");
  await page.getByRole("radio", { name: "curl" }).check();
  await expect(code).toContainText("--aws-sigv4");
  await expect(code).not.toContainText("SECRET=");
});

/** The texts under a highlight. */
function markedText(name: string): string[] {
  return [...(CSS.highlights.get(name) ?? [])].map((range) => String(range));
}

function findInPage(text: string): boolean {
  return "find" in window && typeof window.find === "function" && window.find(text) === true;
}
