import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const WORDS = ["Anna", " has", { text: " 42", logProb: -2.5 }, " cats", "."];

test("the request format is chosen, explained and obeyed", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  await sagemaker.script(DEMO, { words: WORDS }, { words: WORDS });
  await playground.open(DEMO);
  await playground.prompt.fill("How many cats?");
  await page.getByText(/^Request format: OpenAI completions/).click();
  const format = page.getByRole("combobox", { name: "Format" });
  await expect(page.getByText(/vLLM async sends alternatives in OpenAI's completions/)).toBeVisible();
  await playground.run.click();
  const exchange = page.getByRole("region", { name: "Formats" });
  await expect(exchange).toContainText("OpenAI completions");
  await expect(exchange).toContainText("OpenAI's choices");

  // The whole answer at once, in the LMI schema, with a field of one's own.
  await format.selectOption({ label: "LMI schema, async names" });
  await page.getByRole("checkbox", { name: "Stream the answer" }).uncheck();
  await page.getByRole("textbox", { name: "Extra parameters" }).fill('{"min_tokens": 1}');
  const sent = page.waitForRequest("**/api/invoke");
  await playground.run.click();
  expect((await sent).postDataJSON()).toMatchObject({
    dialect: "lmi-async",
    stream: false,
    extraParameters: { min_tokens: 1 },
  });
  await expect(exchange).toContainText("LMI schema, one document");
  await expect(playground.tokens).toHaveText(/Anna has 42 cats\./);
  await expect(exchange).toContainText("Alternatives: There top_n_tokens is the number of answers.");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Format" })).toHaveValue("lmi-async");
  await expect(playground.status).toHaveText(/^Finished/);

  // The same bytes as nothing but text, for a container that speaks no dialect.
  await sagemaker.script(DEMO, { words: WORDS });
  await page.getByRole("combobox", { name: "Read the answer" }).selectOption("Plain text");
  await playground.run.click();
  await expect(playground.tokens).toContainText('{"generated_text"');
  await expect(page.getByText("Not available: no token came with a log probability.")).toBeVisible();
});

test("parameters come from the table: what the container does not know says why", async ({ page }) => {
  const playground = playgroundOf(page);
  await playground.open(DEMO);
  await page.getByText("More parameters").click();
  await expect(page.getByText("Typical-p: vLLM's completions does not know it.")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Ignore end of text" })).toBeVisible();
  await page.getByRole("textbox", { name: "Min-p" }).fill("2");
  await playground.prompt.fill("x");
  await playground.run.click();
  await expect(page.getByText("Min-p must be a number from 0 to 1.")).toBeVisible();
});

test("two short calls tell what the log probabilities mean", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  const twice = { words: [{ text: "Maybe", logProb: -1.25 }] };
  await sagemaker.script(DEMO, { words: WORDS }, twice, twice);
  await playground.open(DEMO);
  await playground.prompt.fill("How many cats?");
  await playground.run.click();
  await expect(playground.status).toHaveText(/^Finished/);
  await expect(playground.confidence).toContainText("Costs two requests of this prompt");
  await playground.confidence.getByRole("button", { name: "Find out" }).click();
  await expect(playground.confidence).toContainText("They are raw.");
});

test("running sums are told and converted", async ({ page, sagemaker }) => {
  const playground = playgroundOf(page);
  const words = Array.from({ length: 24 }, (_, at) => ({ text: ` w${at}`, logProb: -0.5 * (at + 1) }));
  await sagemaker.script(DEMO, { words });
  await playground.open(DEMO);
  await playground.prompt.fill("Count.");
  await playground.run.click();
  const convert = page.getByRole("checkbox", { name: "Convert to each token's own" });
  await convert.check();
  // exp(-0.5)
  await expect(playground.confidence).toContainText("0.607");
});
