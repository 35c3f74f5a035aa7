import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { FOLDER, lookAt } from "./look-at.ts";

const STEPS = [
  "Model",
  "Task and hardware",
  "Back end",
  "Sizing",
  "Configuration",
  "Artefact and target",
  "Pre-flight",
  "Deploy",
];

test(`every step of the wizard fits every width and is open to everyone`, async ({ page }) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/deploy");
  await page.getByRole("button", { name: "Walk through it" }).click();
  for (const [position, step] of STEPS.entries()) {
    await page.setViewportSize({ width: 1600, height: 900 });
    await open(page, step);
    await lookAt(page, `wizard-${position + 1}`);
  }
  await page.setViewportSize({ width: 1600, height: 900 });
  await open(page, "Configuration");
  await page.getByRole("textbox", { name: "serving.properties" }).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("option.max_");
  await expect(page.getByRole("listbox", { name: "Completions" })).toBeVisible();
  // The list is moved through from the editor, which axe cannot see: it would have it focusable by itself.
  await page.screenshot({ path: `${FOLDER}/wizard-completion.png` });
});

test(`a deployment, under way and done, fits every width and is open to everyone`, async ({
  page,
  sagemaker,
}) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/deploy");
  await page.getByRole("button", { name: "Take the demonstration model" }).click();
  await open(page, "Artefact and target");
  await page.getByRole("textbox", { name: "Endpoint name" }).fill("journey-look");
  await expect(page.getByLabel("Execution role ARN")).toHaveValue(/:role\/sandbox-execution-role$/);
  await open(page, "Deploy");
  await page
    .getByRole("region", { name: "Cost" })
    .getByRole("button", { name: "Deploy", exact: true })
    .click();
  await expect(page.getByRole("region", { name: "Timeline" })).toContainText("Wait for a machine");
  await lookAt(page, `deployment-coming`);
  await sagemaker.advance("1h");
  await expect(page.getByRole("button", { name: "Ask it" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Expiry" })).toBeVisible();
  await lookAt(page, `deployment-done`);
});

async function open(page: Page, step: string) {
  await page.getByRole("navigation", { name: "Plan" }).getByRole("button", { name: step }).click();
  await expect(page.locator("#step-title")).toHaveText(step);
  await expect(page.getByText(`Loading ${step}`)).toHaveCount(0);
  await expect(page.getByText("Asking the account")).toHaveCount(0);
}
