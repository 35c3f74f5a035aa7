import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { graveFindings } from "./look-at.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const OTHER = "sagescope-demo-lmi-026";

/** 36 words that both say; the right one is surer of every fourth, and less sure of the last. */
const SHARED = Array.from({ length: 36 }, (_, index) => ` word${index + 1}`);
const LEFT = [
  ...SHARED.map((text) => ({ text, logProb: -1 })),
  ...[" north", " wind", "."].map((text) => ({ text, logProb: -0.5 })),
];
const RIGHT = [
  ...SHARED.map((text, index) => ({ text, logProb: index === 35 ? -3 : index % 4 === 0 ? -0.25 : -1 })),
  ...[" south", " wind", "."].map((text) => ({ text, logProb: -0.5 })),
];

function comparisonOf(page: Page) {
  return {
    left: page.getByRole("combobox", { name: "Endpoint A" }),
    right: page.getByRole("combobox", { name: "Endpoint B" }),
    own: page.getByRole("checkbox", { name: "Settings of its own" }),
    start: page.getByRole("button", { name: /^Start/ }),
    progress: page.getByRole("main").getByRole("status").first(),
    answer: (side: "A" | "B") => page.getByRole("region", { name: `Answer ${side}`, exact: true }),
    totals: page.getByRole("table", { name: "Totals" }),
    words: page.getByRole("list", { name: "Words that differ most" }),
    rest: page.getByRole("region", { name: "From there on" }),
  };
}

test("two endpoints and one prompt: where they part and by how much, kept and open to the keyboard", async ({
  page,
  sagemaker,
}) => {
  const comparison = comparisonOf(page);
  await sagemaker.script(DEMO, { words: LEFT, delayMs: 60 });
  await sagemaker.script(OTHER, { words: RIGHT, delayMs: 60 });
  await playgroundOf(page).open(DEMO);
  await playgroundOf(page).prompt.fill("Which wind blows?");
  await page.getByRole("link", { name: "Compare with another endpoint" }).click();
  await expect(comparison.left).toHaveValue(DEMO);
  await expect(comparison.right).toHaveValue(OTHER);
  await comparison.start.press("Enter");

  // Both at the same time.
  await expect.poll(() => sagemaker.liveInvocations(), { intervals: [20] }).toBe(2);

  await expect(comparison.progress).toHaveText("2 of 2 done");
  const parting = page.getByText("The answers part at token 37, after 36 tokens in common.");
  await expect(parting).toBeVisible();
  await expect(comparison.answer("A")).toContainText("parts at token 37 north wind.");
  await expect(comparison.answer("B")).toContainText("parts at token 37 south wind.");
  const last = comparison.answer("B").getByTitle("Δ -2.000 nats: A 7.39× likelier");
  await expect(last).toHaveText(" word36");
  await expect(last).toHaveAttribute("data-delta", "-3");
  await expect(comparison.answer("A").getByTitle("Δ +0.750 nats: B 2.12× likelier")).toHaveCount(9);

  await expect(comparison.totals.getByRole("row", { name: /^Joint/ })).toContainText("-37.500");
  await expect(comparison.totals.getByRole("row", { name: /^Tokens Definition/ })).toContainText("3939");
  await expect(comparison.rest).toContainText("north");
  await expect(comparison.rest.locator("ins", { hasText: "south" })).toBeVisible();
  const word = comparison.words.getByRole("button", { name: "word36 -2.000" });
  await expect(comparison.words.getByRole("button").first()).toHaveAccessibleName("word36 -2.000");
  await word.focus();
  await page.keyboard.press("Enter");
  expect(await graveFindings(page)).toEqual([]);

  await page.reload();
  await expect(parting).toBeVisible();
  await expect(last).toHaveText(" word36");
  await page.getByRole("link", { name: "Open A in the playground" }).click();
  await expect(playgroundOf(page).tokens).toContainText("north wind.");
});

test("other tokens for the same text: no difference of tokens, and bits per character with the reason", async ({
  page,
  sagemaker,
}) => {
  const comparison = comparisonOf(page);
  await sagemaker.script(DEMO, {
    words: [
      { text: "Hel", logProb: -1 },
      { text: "lo", logProb: -1 },
      { text: " you", logProb: -1 },
    ],
  });
  await sagemaker.script(OTHER, {
    words: [
      { text: "Hello", logProb: -3 },
      { text: " you", logProb: -1 },
    ],
  });
  await page.goto(`/experiments/new/compare?endpoint=${DEMO}&against=${OTHER}`);
  await expect(comparison.right).toHaveValue(OTHER);
  await playgroundOf(page).prompt.fill("Greet me.");
  await comparison.start.click();

  await expect(page.getByRole("note")).toContainText("The tokenizers differ");
  await expect(comparison.answer("A").getByTitle(/^Δ/)).toHaveCount(0);
  const shared = comparison.totals.getByRole("row", { name: /^Bits per character, shared/ });
  // 3 and 4 nats over nine characters, in bits.
  await expect(shared).toContainText("0.481");
  await expect(shared).toContainText("0.641");
  await expect(comparison.words.getByRole("button", { name: "Hello -1.000" })).toBeVisible();
});

test("the same endpoint asked in the same way is refused, and in two ways is not", async ({
  page,
  sagemaker,
}) => {
  const comparison = comparisonOf(page);
  await page.goto(`/experiments/new/compare?endpoint=${DEMO}&against=${DEMO}&temperature=0`);
  await expect(comparison.right).toHaveValue(DEMO);
  await playgroundOf(page).prompt.fill("Why?");
  await comparison.start.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "A and B are the same endpoint asked in the same way",
  );
  await comparison.own.check();
  await page
    .getByRole("region", { name: "B", exact: true })
    .getByRole("textbox", { name: "Temperature" })
    .fill("1");
  await sagemaker.script(DEMO, { words: ["So"] }, { words: ["So"] });
  await comparison.start.click();
  await expect(page.getByText("The answers are the same: 1 token.")).toBeVisible();
  await expect(comparison.answer("B")).toContainText("temperature 1");
});
