import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

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
