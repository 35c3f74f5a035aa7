import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const WORDS = [
  { text: "Herons", logProb: -0.02 },
  { text: " wait", logProb: -0.9 },
  { text: " long", logProb: -2.9 },
];

async function save(page: Page, label: string, folder: string): Promise<string> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: label }).click();
  const download = await coming;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

test("a run leaves as files and comes back with the same numbers and colours", async ({
  page,
  context,
  sagemaker,
}, info) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: WORDS });
  await playground.open(DEMO);
  await playground.prompt.fill("What do herons do?");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  const confidence = Math.exp(WORDS.reduce((sum, { logProb }) => sum + logProb, 0) / WORDS.length);
  await playground.view("Tokens").check();
  const colours = await coloursIn(page, "#answer-text .token");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const folder = info.outputPath();
  const capsule = await save(page, "Capsule (.json)", folder);
  const file = await save(page, "Page (.html)", folder);
  const svg = await readFile(await save(page, "Heatmap (.svg)", folder), "utf8");
  const png = await readFile(await save(page, "Heatmap (.png)", folder));
  const csv = await readFile(await save(page, "Tokens (.csv)", folder), "utf8");
  expect(svg).toContain("not how likely they are to be right");
  expect(svg).toContain("≥ .9");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(csv.trim().split("\r\n")).toHaveLength(1 + WORDS.length);

  // Nothing but prompt and answer: no account, no address, no variable of the container.
  for (const saved of [capsule, file]) {
    const text = await readFile(saved, "utf8");
    expect(text).toContain("vLLM async");
    expect(text).not.toMatch(/000000000000|127\.0\.0\.1|HF_MODEL_ID|AWS_|arn:aws/);
  }

  await context.setOffline(true);
  const page2 = await context.newPage();
  await page2.goto(pathToFileURL(file).href);
  await expect(page2.getByRole("row", { name: /Confidence/ })).toContainText(
    String(Number(confidence.toPrecision(9))),
  );
  expect(await coloursIn(page2, ".answer span")).toEqual(colours);
  await context.setOffline(false);
  await page2.close();

  for (const saved of [capsule, file]) {
    await page.goto("/playground?view=tokens");
    // A file that is chosen before the page listens is chosen for nobody.
    await expect(playground.endpoint).not.toHaveValue("");
    await page.getByLabel("File of a saved run").setInputFiles(saved);
    await expect(playground.tokens).toHaveText("Herons wait long");
    await expect(playground.confidence).toContainText(confidence.toFixed(3).slice(0, 4));
    expect(await coloursIn(page, "#answer-text .token")).toEqual(colours);
    // It is in the history now, under a name of its own.
    await expect(page).toHaveURL(/run=[\w-]{36}/);
    await page.reload();
    await expect(playground.tokens).toHaveText("Herons wait long");
    await page.goto("/history?tag=imported");
    await expect(page.getByText("Herons wait long").first()).toBeVisible();
  }
});

test("a recorded stream of a container is opened as it came", async ({ page }) => {
  const playground = playgroundOf(page);
  const lines = [
    '{"token": {"id": 1, "text": "Old", "log_prob": -0.5}}',
    '{"token": {"id": 2, "text": " lines", "log_prob": -1.5}, "generated_text": "Old lines", "details": {"finish_reason": "eos_token"}}',
  ];
  await page.goto("/playground");
  await expect(playground.endpoint).not.toHaveValue("");
  await page.getByLabel("File of a saved run").setInputFiles({
    name: "recorded.ndjson",
    mimeType: "application/x-ndjson",
    buffer: Buffer.from(`${lines.join("\n")}\n`),
  });
  await expect(playground.tokens).toHaveText("Old lines");
  await expect(playground.confidence).toContainText("0.368");
});

/** What stands behind each coloured word, spaces before it aside. */
async function coloursIn(page: Page, selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((elements) =>
    elements
      .filter((element) => (element.textContent ?? "").trim() !== "")
      .map((element) => getComputedStyle(element).backgroundColor)
      .map((colour) => (colour === "rgb(255, 255, 255)" ? "rgba(0, 0, 0, 0)" : colour)),
  );
}
