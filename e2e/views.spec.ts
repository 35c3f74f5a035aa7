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

test("the keyboard alone finds the weakest word and its numbers", async ({ page }) => {
  const weakest = page
    .getByRole("list", { name: "Weakest words, weakest first" })
    .getByRole("button")
    .first();
  await expect(weakest).toContainText("today");
  await weakest.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tooltip")).toContainText("-0.9");
});

test("numbers are spans of their own", async ({ page }) => {
  await page.getByRole("combobox", { name: "Kind of span" }).selectOption({ label: "Numbers (1)" });
  const weakest = page.getByRole("list", { name: "Weakest numbers, weakest first" });
  await expect(weakest.getByRole("button")).toHaveText(/42.*0\.082/);
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
