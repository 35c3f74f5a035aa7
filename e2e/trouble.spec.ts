import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";

test("mistakes in the form are told beside their field, and nothing is sent", async ({ page }) => {
  const playground = playgroundOf(page);
  await playground.open(DEMO);
  let sent = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/api/invoke")) sent += 1;
  });

  await playground.maxNewTokens.fill("0");
  await playground.run.click();
  await expect(playground.prompt).toHaveAccessibleDescription(/The prompt is empty/);
  await expect(playground.maxNewTokens).toHaveAccessibleDescription(/1.*32,?768/);

  await page.getByRole("button", { name: "Add stop sequence" }).click();
  await expect(playground.stopSequences).toHaveAccessibleDescription(/empty stop sequence/);
  expect(sent).toBe(0);
});

test("a container that fails before its first token is quoted, and the prompt is kept", async ({
  page,
  sagemaker,
  expectComplaint,
}) => {
  expectComplaint(/status of 4\d\d/);
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: [], failure: "The engine fell over." });
  await playground.open(DEMO);
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.failure).toContainText("container");
  await expect(playground.status).toHaveText(/^Failed after 0 tokens/);
  await expect(playground.prompt).toHaveValue("Precious words");

  await sagemaker.script(DEMO, { words: ["All", " well"] });
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(playground.tokens).toHaveText("All well");
  await expect(playground.failure).toBeHidden();
});

test("a container that fails in the middle leaves what it had said", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: ["Half", " a"], failure: "The engine fell over.", delayMs: 20 });
  await playground.open(DEMO);
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.failure).toContainText("container");
  await expect(playground.tokens).toHaveText("Half a");
  await expect(playground.prompt).toHaveValue("Precious words");
  await expect(page.getByRole("button", { name: "Continue from what came" })).toBeVisible();
});

for (const fault of ["cut-midframe", "stream-broken"]) {
  test(`a stream that breaks off (${fault}) is no answer, and is kept`, async ({ page, sagemaker }) => {
    const playground = playgroundOf(page);
    const name = `journey-${fault}`;
    await sagemaker.createEndpoint(name, { LMI_SANDBOX_FAULT: fault });
    await sagemaker.script(name, { words: ["a", " b", " c", " d", " e", " f", " g", " h"], delayMs: 20 });
    await playground.open(name);
    await playground.prompt.fill("Precious words");
    await playground.run.click();
    await expect(playground.failure).toBeVisible();
    await expect(playground.status).toHaveText(/^Failed after [1-9]\d* tokens/);
    await expect(playground.tokens).toContainText("a b");
  });
}

test("an endpoint that was deleted meanwhile is told, and the prompt is kept", async ({
  page,
  sagemaker,
  expectComplaint,
}) => {
  expectComplaint(/status of 4\d\d/);
  const playground = playgroundOf(page);
  await sagemaker.createEndpoint("journey-gone");
  await playground.open("journey-gone");
  await playground.prompt.fill("Precious words");
  await sagemaker.deleteEndpoint("journey-gone");
  await playground.run.click();
  await expect(playground.failure).toContainText("journey-gone");
  await expect(playground.prompt).toHaveValue("Precious words");
  await expect(playground.endpoint).toHaveAccessibleDescription(/not there any more/);
});
