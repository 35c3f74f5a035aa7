import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const NAME = "journey-made";

test("an endpoint is made from a preset, used and deleted", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await page.goto("/endpoints");
  await page.getByRole("link", { name: "Create endpoint" }).first().click();
  const name = page.getByRole("textbox", { name: "Endpoint name" });
  const create = page.getByRole("button", { name: "Create endpoint" });
  await name.fill("two words");
  await create.click();
  await expect(name).toHaveAccessibleDescription(/A name has no spaces/);

  await name.fill(NAME);
  await page
    .getByRole("combobox", { name: "Model preset" })
    .selectOption({ label: "Demonstration model, LMI 0.26.0" });
  await expect(page.getByRole("textbox", { name: "Environment" })).toHaveValue(/OPTION_ROLLING_BATCH/);
  await expect(page.getByRole("combobox", { name: "Instance type" })).toHaveValue(/^ml\./);
  await expect(page.getByRole("textbox", { name: "Instance count" })).toHaveValue("1");
  await create.click();

  await expect(page.getByRole("heading", { name: NAME, level: 1 })).toBeVisible();
  const history = page.getByRole("region", { name: "Status history" });
  await expect(history).toContainText("Creating");
  await expect(page.getByRole("button", { name: "Delete endpoint" })).toBeDisabled();
  await sagemaker.advance("1h");
  await expect(history).toContainText(/InService.*Creating/, { timeout: 60_000 });

  await sagemaker.script(NAME, { words: ["It", " works"] });
  await page.getByRole("link", { name: "Open in the playground" }).click();
  await playground.prompt.fill("Anything");
  await playground.run.click();
  await expect(playground.tokens).toHaveText("It works");

  await page.goto(`/endpoints/${NAME}`);
  await page.getByRole("button", { name: "Delete endpoint" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete ${NAME}?` });
  const confirmed = dialog.getByRole("button", { name: "Delete", exact: true });
  const typed = dialog.getByRole("textbox", { name: "Type the endpoint name to confirm" });
  await typed.fill("another-name");
  await expect(confirmed).toBeDisabled();
  await typed.fill(NAME);
  await confirmed.click();

  await expect(page).toHaveURL(/\/endpoints$/);
  await sagemaker.advance("10m");
  await expect(page.getByRole("row", { name: new RegExp(`^${NAME} `) })).toHaveCount(0, { timeout: 60_000 });
});

test("an endpoint that cannot start says why, and can be deleted", async ({ page, sagemaker }) => {
  await page.goto("/endpoints/new");
  await page.getByRole("textbox", { name: "Endpoint name" }).fill("journey-unable");
  await page
    .getByRole("combobox", { name: "Model preset" })
    .selectOption({ label: "Demonstration model, LMI 0.26.0" });
  const environment = page.getByRole("textbox", { name: "Environment" });
  await environment.fill(`${await environment.inputValue()}\nLMI_SANDBOX_FAULT=oom-at-start`);
  await page.getByRole("button", { name: "Create endpoint" }).click();
  await expect(page.getByRole("heading", { name: "journey-unable", level: 1 })).toBeVisible();
  await sagemaker.advance("1h");
  const reason = page.getByRole("main").getByRole("alert");
  await expect(reason).toContainText("ping health check", { timeout: 60_000 });
  await expect(page.getByRole("link", { name: "Open in the playground" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Delete endpoint" })).toBeEnabled();
});

test("the list is narrowed by typing, and the address keeps it", async ({ page }) => {
  await page.goto("/endpoints");
  const rows = page.getByRole("table", { name: "Endpoints" }).getByRole("rowheader");
  await expect(rows).toHaveText([/^sagescope-demo/, /^sagescope-demo/]);
  await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("lmi-026");
  await expect(rows).toHaveText(["sagescope-demo-lmi-026"]);
  await page.reload();
  await expect(rows).toHaveText(["sagescope-demo-lmi-026"]);
  await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("nothing like it");
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(rows).toHaveCount(2);
});
