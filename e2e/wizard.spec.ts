import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const NAME = "journey-wizard";

function stepOf(page: Page, title: string) {
  return page.getByRole("navigation", { name: "Plan" }).getByRole("button", { name: title });
}

function editorOf(page: Page) {
  return page.getByRole("textbox", { name: "serving.properties" });
}

test("the release post's walk-through is checked, put right, deployed and asked", async ({
  page,
  sagemaker,
}) => {
  await page.goto("/deploy");
  await page.getByRole("button", { name: "Walk through it" }).click();
  await expect(page.getByRole("heading", { name: "It leads to TensorRT-LLM" })).toBeVisible();

  await stepOf(page, "Artefact and target").click();
  await page.getByRole("textbox", { name: "Endpoint name" }).fill(NAME);
  await expect(page.getByLabel("Execution role ARN")).toHaveValue(/:role\/sandbox-execution-role$/);
  await expect(page.getByRole("region", { name: "Take it away" })).toContainText("create_model");

  await stepOf(page, "Pre-flight").click();
  const lines = page.getByRole("region", { name: "Before money is spent" });
  for (const title of ["Image in the region", "Bucket", "Execution role"])
    await expect(
      lines.getByRole("listitem").filter({ has: page.getByRole("heading", { name: title }) }),
    ).toContainText("pass");
  const timeout = lines.getByRole("listitem").filter({ hasText: "Loading timeout against health check" });
  await expect(timeout).toContainText("LMI would wait 7200 s");
  await timeout.getByRole("button", { name: "Lower the loading timeout to 1800 s" }).click();
  await expect(timeout).toContainText("within the 1800 s of the health check");

  await stepOf(page, "Deploy").click();
  const cost = page.getByRole("region", { name: "Cost" });
  await cost.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByRole("heading", { name: NAME, level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Wait for a machine");
  await sagemaker.advance("1h");
  await expect(page.getByRole("region", { name: "Log" })).toContainText(/\S/);

  const expiry = page.getByRole("region", { name: "Expiry" });
  await expect(expiry).toContainText(/due to go in (7 h 5\d min|8 h)/);
  await expiry.getByRole("button", { name: "Keep it 24 h more" }).click();
  await expect(expiry).toContainText(/due to go in 3[12] h/);

  await page.getByRole("button", { name: "Ask it" }).click();
  await expect(page.getByRole("region", { name: "Finish reason" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Confidence" })).toContainText(/tokens? counted/);
  await page.getByRole("link", { name: "Open in the playground" }).click();
  await expect(playgroundOf(page).tokens).toHaveText(/\S/);
  await page.goto("/endpoints");
  await expect(page.getByRole("row", { name: NAME })).toContainText("due to go in");
});

test("nothing is lost on back and reload, and a link opens the same plan", async ({ page, browser }) => {
  await page.goto("/deploy");
  await page.getByRole("textbox", { name: "Hugging Face id or S3 prefix" }).fill("mistralai/Mistral-7B-v0.1");
  await stepOf(page, "Configuration").click();
  await editorOf(page).fill("# mine\noption.model_id=mistralai/Mistral-7B-v0.1\n");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Model", level: 2 }).first()).toBeVisible();
  await page.goForward();
  await expect(editorOf(page)).toHaveValue(/^# mine/);
  await page.reload();
  await expect(editorOf(page)).toHaveValue(/^# mine/);
  await expect(page).toHaveURL(/plan=/);

  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await expect(editorOf(other)).toHaveValue(/^# mine/);
  await other.close();
});

test("the editor says what is wrong as it is typed, completes, and keeps both forms alike", async ({
  page,
}) => {
  await page.goto("/deploy?step=configuration");
  const editor = editorOf(page);
  const found = page.getByRole("region", { name: "What was found" });
  await editor.fill("option.tensor_paralel_degree=2\n");
  await expect(found).toContainText("option.tensor_paralel_degree is not an option of LMI");
  await found.getByRole("button", { name: "Use option.tensor_parallel_degree" }).click();
  await expect(editor).toHaveValue("option.tensor_parallel_degree=2\n");

  await editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("option.enforce_e");
  await expect(page.getByRole("listbox", { name: "Completions" })).toContainText("option.enforce_eager");
  await page.keyboard.press("Enter");
  await page.keyboard.type("maybe");
  await expect(editor).toHaveValue(/option\.enforce_eager=maybe/);
  await expect(found).toContainText("Write true or false.");

  const variables = page.getByRole("textbox", { name: "Environment variables" });
  await expect(variables).toHaveValue(/OPTION_TENSOR_PARALLEL_DEGREE=2/);
  await variables.fill("OPTION_TENSOR_PARALLEL_DEGREE=4");
  await expect(editor).toHaveValue("option.tensor_parallel_degree=4\n");
});

test("a secret stays in the tab: it is in no address and no export", async ({ page }) => {
  await page.goto("/deploy?step=configuration");
  await page.getByLabel("HF_TOKEN").fill("hf_hidden");
  await stepOf(page, "Artefact and target").click();
  const program = page.getByRole("region", { name: "Take it away" });
  await expect(program).toContainText("Left out, since it is secret: HF_TOKEN");
  await expect(program).not.toContainText("hf_hidden");
  await page.reload();
  await stepOf(page, "Configuration").click();
  await expect(page.getByRole("textbox", { name: "HF_TOKEN" })).toHaveValue("hf_hidden");
});
