import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { graveFindings } from "./look-at.ts";

const DEMO = "sagescope-demo";
const SLOW = { words: Array.from({ length: 200 }, () => " so"), delayMs: 100 };
const NEW = `/experiments/new/classify?endpoint=${DEMO}`;

function benchOf(page: Page) {
  return {
    table: page.getByRole("textbox", { name: "Table" }),
    labels: page.getByRole("textbox", { name: "Labels" }),
    prompt: page.getByRole("textbox", { name: "Prompt" }),
    example: page.getByRole("button", { name: "Use the example reviews" }),
    start: page.getByRole("button", { name: /^Start/ }),
    progress: page.getByRole("main").getByRole("status").first(),
    scores: page.getByRole("region", { name: "Scores" }),
    confusion: page.getByRole("table", { name: "Confusion matrix" }),
    calibration: page.getByRole("region", { name: "Calibration" }),
    compared: page.getByRole("table", { name: "Raw and calibrated" }),
    rows: page.getByRole("table", { name: "Rows" }),
  };
}

test("the example in one click: stopped, resumed, judged, calibrated, kept and taken along", async ({
  page,
  sagemaker,
}) => {
  const bench = benchOf(page);
  await open(page, NEW);
  await bench.example.click();
  await expect(page.getByText("42 rows, the first of them:")).toBeVisible();
  // The first four answers take their time; all others are the demonstration model's own.
  await sagemaker.script(DEMO, SLOW, SLOW, SLOW, SLOW);
  await bench.start.press("Enter");
  await page.getByRole("button", { name: "Stop all" }).click();
  await expect(bench.progress).toHaveText("0 of 42 done, 38 waiting, 4 stopped");
  await page.getByRole("button", { name: "Resume the other 42" }).press("Enter");
  await expect(bench.progress).toHaveText("42 of 42 done", { timeout: 30_000 });

  // Eleven of the forty-two are too hard for the demonstration model.
  await expect(bench.scores).toContainText("73.8 %");
  await expect(bench.confusion.getByRole("row", { name: /^positive/ })).toContainText("18 right");
  await expect(bench.calibration).toContainText("fitted to 21 rows, judged by the 21 others");
  const error = bench.compared.getByRole("row", { name: /^Calibration error/ }).getByRole("cell");
  const [raw, calibrated] = (await error.allTextContents()).map(Number);
  expect(calibrated).toBeLessThan(raw ?? 0);
  await expect(page.getByRole("region", { name: "How it is scored" })).toContainText(
    "By the answer's first tokens",
  );
  expect(await graveFindings(page)).toEqual([]);

  await page.getByRole("radio", { name: "Wrong" }).check();
  await expect(bench.rows.getByRole("row")).toHaveCount(12);
  await expect(bench.rows).toContainText("I wanted to like this book.");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the rows as CSV" }).press("Enter");
  const lines = (await readFile(await (await saving).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(43);
  expect(lines[0]).toContain("text,label,predicted,correct,p(positive),p(negative),calibrated p(positive)");

  await page.reload();
  await expect(bench.scores).toContainText("73.8 %");
  await bench.rows.getByRole("link", { name: "Open row 1 in the playground" }).click();
  await expect(page.getByRole("region", { name: /^Answer tokens/ })).toContainText("positive");
});

test("labels put behind the prompt: nothing of them is unseen, and two rows are too few to calibrate", async ({
  page,
}) => {
  const bench = benchOf(page);
  await open(page, `${NEW}&anyCase=false&anyLead=false`);
  await bench.table.fill(
    'text,label\n"The soup was delicious, really.",positive\nThe room was dirty.,negative\n',
  );
  await page.getByRole("button", { name: "Take the 2 labels of the table" }).click();
  await bench.prompt.fill("Review: {{text}}\nSentiment:");
  await page.getByRole("radio", { name: "Force each label" }).check();
  await expect(bench.start).toHaveText("Start: 4 requests");
  await bench.start.click();
  await expect(bench.progress).toHaveText("4 of 4 done");
  await expect(bench.scores).toContainText("100 %");
  await expect(page.getByRole("region", { name: "How it is scored" })).toContainText(
    "By each label behind the prompt",
  );
  await expect(bench.calibration).toContainText(
    "A temperature is not fitted to fewer than 30 rows; there are 2.",
  );
});

test("a table that cannot be used says where and why, and is kept", async ({ page }) => {
  const bench = benchOf(page);
  await open(page, NEW);
  await bench.table.fill("text,label\nGood, really,positive\n");
  await expect(bench.table).toHaveAccessibleDescription(/Line 2 has 3 cells, the first line names 2 columns/);
  await bench.table.fill("text,label\nGood,positive\nBad,neutral\n");
  await bench.labels.fill("positive\nnegative");
  await bench.prompt.fill("Sentiment:");
  await bench.start.click();
  await expect(bench.table).toHaveAccessibleDescription(/Line 3 says “neutral”, which is none of the labels/);
  await expect(bench.prompt).toHaveAccessibleDescription(/needs \{\{text\}\}/);
  await page.reload();
  await expect(bench.labels).toHaveValue("positive\nnegative");
});

/** The list of endpoints comes last: then the form listens. */
async function open(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("combobox", { name: "Endpoint" })).toHaveValue(DEMO);
}
