import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const PARTS = [
  ["The long", " road"],
  [" leads", " over"],
  [" the hills", " and"],
  [" home", "."],
];
const WHOLE = PARTS.flat().join("");

test("an answer in four requests is whole to the last character, and counted", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  const parts = PARTS.map((words, index) => ({
    words,
    finish: index < 3 ? ("length" as const) : ("eos" as const),
  }));
  await sagemaker.script(DEMO, ...parts);
  await playground.open(DEMO);
  await playground.prompt.fill("Where does it lead?");
  await playground.maxNewTokens.fill("2");
  await playground.autoContinue.check();
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished: Ended by itself\. 8 tokens/);
  await expect(playground.tokens).toHaveText(WHOLE);
  await expect(playground.seams).toHaveCount(3);
  await expect(playground.parts).toContainText(/Requests\s*4 of 8/);
  await expect(playground.parts).toContainText(/Tokens\s*8 of 2,000/);
  const counts = page.getByRole("region", { name: "Timing and counts" });
  await expect(counts).toContainText(/List price\D*\$0\.0/);
  expect(await page.evaluate(() => new URLSearchParams(location.search).get("auto"))).toBe("true");

  await sagemaker.script(DEMO, { words: [" the sea", "."] });
  await playground.parts.getByRole("button", { name: "Try request 3 again" }).click();
  await expect(playground.tokens).toHaveText("The long road leads over the sea.");
  await expect(playground.tree).toContainText("Anew from token 5");
  await page.getByRole("button", { name: "Previous answer" }).click();
  await expect(playground.tokens).toHaveText(WHOLE);
});

test("twelve characters said twice at a seam are removed, and the seam says so", async ({
  page,
  sagemaker,
}) => {
  const playground = playgroundOf(page);
  await sagemaker.script(
    DEMO,
    { words: ["The cat", " sat on", " the mat"], finish: "length" },
    { words: ["t on", " the mat", " and slept", "."] },
  );
  await playground.open(DEMO);
  await playground.prompt.fill("The cat?");
  await playground.maxNewTokens.fill("3");
  await playground.autoContinue.check();
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  await expect(playground.tokens).toHaveText("The cat sat on the mat and slept.");
  await expect(
    page.getByRole("separator", { name: "Request 2 begins, 12 characters removed" }),
  ).toBeVisible();
  await expect(playground.confidence).toContainText("2 tokens left out: said again at a seam");
});

test("Stop in the second request ends it at the container", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  const slow = { words: Array.from({ length: 1_500 }, (_, index) => ` w${index}`), delayMs: 50 };
  await sagemaker.script(DEMO, { words: ["One", " two"], finish: "length" }, slow);
  await playground.open(DEMO);
  await playground.prompt.fill("Count");
  await playground.autoContinue.check();
  await playground.run.click();
  await expect(playground.tokens).toContainText("w3");
  await expect(playground.seams).toHaveCount(1);
  expect(await sagemaker.liveInvocations()).toBe(1);
  await playground.stop.click();
  await expect.poll(() => sagemaker.liveInvocations()).toBe(0);
  await expect(playground.status).toHaveText(/^Stopped by you/);
  await expect(playground.tokens).toContainText("One two w0 w1 w2 w3");
});
