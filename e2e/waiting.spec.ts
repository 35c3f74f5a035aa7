import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const LETTERS = ["a", " b", " c", " d", " e", " f", " g"];

test("silence is told after 15 seconds, waited for, and ended by Stop", async ({ page, sagemaker }) => {
  await page.clock.install();
  const playground = playgroundOf(page);
  await sagemaker.createEndpoint("journey-stall", { LMI_SANDBOX_FAULT: "stall" });
  await sagemaker.script("journey-stall", { words: LETTERS });
  await playground.open("journey-stall");
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.tokens).toContainText("a b c d e");
  await expect(page.getByText(/Nothing has come/)).toBeHidden();
  await page.clock.fastForward(17_000);
  await expect(page.getByText(/Nothing has come for 1\d seconds\. Still waiting\./)).toBeVisible();
  expect(await sagemaker.liveInvocations()).toBe(1);
  await playground.stop.click();
  await expect(page.getByText(/Nothing has come/)).toBeHidden();
  await expect(playground.tokens).toContainText("a b c d e");
  await expect.poll(() => sagemaker.liveInvocations()).toBe(0);
});

test("an answer that takes longer than SageMaker allows is kept as far as it came", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.createEndpoint("journey-late", { LMI_SANDBOX_FAULT: "out-of-time" });
  await sagemaker.script("journey-late", { words: LETTERS });
  await playground.open("journey-late");
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.failure).toContainText("eight minutes");
  await expect(playground.tokens).toContainText("a b c d e");
  await expect(page.getByRole("button", { name: "Continue from what came" })).toBeVisible();
});

test("a container that is silent to the end is told apart from one that refuses", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.createEndpoint("journey-mute", { LMI_SANDBOX_FAULT: "out-of-time" });
  await sagemaker.script("journey-mute", { words: [] });
  await playground.open("journey-mute");
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.failure).toContainText(/60 seconds|eight minutes/);
  await expect(playground.prompt).toHaveValue("Precious words");
});

test("a throttled prompt is sent again, and both attempts are kept side by side", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.createEndpoint("journey-busy", { LMI_SANDBOX_FAULT: "throttled" });
  await playground.open("journey-busy");
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.failure).toContainText("too many requests");
  await playground.endpoint.selectOption(DEMO);
  await sagemaker.script(DEMO, { words: ["All", " well"] });
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(playground.tokens).toHaveText("All well");
  await expect(playground.tree.getByRole("button", { name: /token/ })).toHaveText([
    /First answer.*Failed/,
    /Sent again.*Ended by itself/,
  ]);
  await playground.tree.getByRole("button", { name: /First answer/ }).click();
  await expect(playground.failure).toContainText("too many requests");
});

test("a container whose engine died is quoted, with the way to its log", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.createEndpoint("journey-dead", { LMI_SANDBOX_FAULT: "error-before" });
  await playground.open("journey-dead");
  await playground.prompt.fill("Precious words");
  await playground.run.click();
  await expect(playground.failure).toContainText("The engine inside the container died");
  await expect(playground.failure).toContainText("restarted");
  await expect(playground.failure.getByRole("link", { name: /log in CloudWatch/ })).toHaveAttribute(
    "href",
    /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/.*journey-dead/,
  );
});
