import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const STRANGE = JSON.stringify({
  architectures: ["SomethingNewForCausalLM"],
  model_type: "something_new",
  num_hidden_layers: 24,
  hidden_size: 2048,
  num_attention_heads: 16,
});

test("a model nobody knows is described by its config.json, and stays so on back and reload", async ({
  page,
}) => {
  await page.goto("/deploy");
  await page.getByRole("textbox", { name: "Hugging Face id or S3 prefix" }).fill("nobody/something-new");
  const config = page.getByRole("textbox", { name: "config.json" });
  await config.fill("{");
  await expect(page.getByText("This is not the JSON of a config.json.")).toBeVisible();
  await config.fill(STRANGE);
  await page.getByRole("textbox", { name: "Parameters, in billions" }).fill("1.5");
  await expect(page.getByRole("region", { name: "nobody/something-new" })).toContainText("1.5");

  await open(page, "Sizing");
  await expect(page.getByRole("region", { name: "Memory" }).first()).toBeVisible();
  await open(page, "Back end");
  await page.getByLabel("Container and version").waitFor();
  await page.goBack();
  await expect(page.locator("#step-title")).toHaveText("Sizing");
  await page.goBack();
  await expect(page.locator("#step-title")).toHaveText("Model");
  await page.reload();
  await expect(config).toHaveValue(STRANGE);
  await expect(page.getByRole("textbox", { name: "Parameters, in billions" })).toHaveValue("1.5");
});

test("an archive that reaches out of its folder is refused, and the plan stays as it was", async ({
  page,
}) => {
  await page.goto("/deploy");
  await page.getByRole("button", { name: "Walk through it" }).click();
  await open(page, "Artefact and target");
  const program = page.getByRole("region", { name: "Take it away" });
  await expect(program).toContainText("create_model");
  const before = await program.locator("pre").textContent();
  await page.getByLabel("Import a model.tar.gz").setInputFiles({
    name: "model.tar.gz",
    mimeType: "application/gzip",
    buffer: gzipSync(tarOf("../../etc/serving.properties", "engine=Python\n")),
  });
  await expect(page.getByText(/\.\.\/\.\.\/etc\/serving\.properties/)).toBeVisible();
  expect(await program.locator("pre").textContent()).toBe(before);
  await page.getByLabel("Import a model.tar.gz").setInputFiles({
    name: "model.tar.gz",
    mimeType: "application/gzip",
    buffer: Buffer.from("no archive at all"),
  });
  await expect(page.getByText("This is not a gzip archive, or it is damaged.")).toBeVisible();
});

test("a container that a region lacks is said so before anything is made", async ({ page }) => {
  await page.goto("/deploy");
  await page.getByRole("button", { name: "Walk through it" }).click();
  await open(page, "Back end");
  await page.getByLabel("Region").selectOption("ap-east-2");
  await expect(
    page.getByText(/does not publish the djl-tensorrtllm container 0\.26\.0 in/).first(),
  ).toBeVisible();
  await open(page, "Pre-flight");
  const lines = page.getByRole("region", { name: "Before money is spent" });
  await expect(lines.getByRole("listitem").filter({ hasText: "does not publish" })).toBeVisible();
  await open(page, "Deploy");
  await expect(page.getByRole("button", { name: "Deploy", exact: true }).last()).toBeDisabled();
});

async function open(page: Page, step: string) {
  await page.getByRole("navigation", { name: "Plan" }).getByRole("button", { name: step }).click();
  await expect(page.locator("#step-title")).toHaveText(step);
}

/** One file in the ustar format (POSIX.1-1988), whatever its name. */
function tarOf(path: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write("0000644\0", 100);
  header.write(`${text.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        0", 148);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 0`, 148);
  const body = Buffer.alloc(Math.ceil(text.length / 512) * 512);
  body.write(text);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}
