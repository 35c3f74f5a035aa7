import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { lookAt, WIDTHS } from "./look-at.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const UNSURE = [
  "Walking",
  " is",
  " a",
  " quiet",
  " habit",
  ".",
  " It",
  " asks",
  " nothing",
  " but",
  " time",
  ".",
].map((text, index) => ({ text, logProb: -((index * 7) % 12) / 4 }));

/** Long enough to look at while it comes. */
const LONG = Array.from({ length: 20 }, (_, round) => [
  ...UNSURE.map((word, index) => (index === 0 && round % 4 !== 0 ? { ...word, text: " Walking" } : word)),
  { text: round % 4 === 3 ? "\n\n" : " In 1897", logProb: -1.7 },
]).flat();
const VIEWS = ["Text", "Tokens", "Table", "Wire"] as const;

type Screen = { name: string; open: (page: Page) => Promise<void> };

const SCREENS: Screen[] = [
  {
    name: "endpoints",
    open: (page) => visit(page, "/endpoints", page.getByRole("table", { name: "Endpoints" })),
  },
  {
    name: "endpoint",
    open: (page) => visit(page, `/endpoints/${DEMO}`, page.getByRole("button", { name: "Delete endpoint" })),
  },
  {
    name: "create",
    open: (page) => visit(page, "/endpoints/new", page.getByRole("textbox", { name: "Endpoint name" })),
  },
  { name: "playground", open: (page) => playgroundOf(page).open(DEMO) },
  {
    name: "answer",
    open: async (page) => {
      await ask(page);
      await expect(playgroundOf(page).status).toHaveText(/^Finished/);
    },
  },
  {
    name: "chat",
    open: async (page) => {
      const playground = playgroundOf(page);
      await page.goto(`/playground?endpoint=${DEMO}&mode=chat&auto=true&view=tokens`);
      await expect(playground.endpoint).toHaveValue(DEMO);
      await playground.system.fill("Answer in one sentence.");
      await playground.message.fill("What is walking?");
      await playground.send.click();
      await expect(playground.conversation).toContainText("Sent as messages");
      await expect(playground.status).toHaveText(/^Finished/);
    },
  },
  {
    name: "new-comparison",
    open: (page) =>
      visit(
        page,
        `/experiments/new/compare?endpoint=${DEMO}`,
        page.getByRole("region", { name: "What you will see" }),
      ),
  },
  {
    name: "comparison",
    open: async (page) => {
      await page.goto(`/experiments/new/compare?endpoint=${DEMO}&against=sagescope-demo-lmi-026`);
      await expect(page.getByRole("combobox", { name: "Endpoint B" })).toHaveValue("sagescope-demo-lmi-026");
      await playgroundOf(page).prompt.fill("Question: What is the capital of Zorvania?\nAnswer:");
      await page.getByRole("button", { name: /^Start/ }).click();
      await expect(page.getByRole("region", { name: "Words that differ most" })).toBeVisible();
    },
  },
  {
    name: "new-classification",
    open: async (page) => {
      await visit(
        page,
        `/experiments/new/classify?endpoint=${DEMO}`,
        page.getByRole("textbox", { name: "Table" }),
      );
      await expect(playgroundOf(page).endpoint).toHaveValue(DEMO);
      const example = page.getByRole("button", { name: "Use the example reviews" });
      if (await example.isVisible()) await example.click();
      await expect(page.getByText("42 rows, the first of them:")).toBeVisible();
    },
  },
  {
    name: "classification",
    open: async (page) => {
      await visit(
        page,
        `/experiments/new/classify?endpoint=${DEMO}`,
        page.getByRole("textbox", { name: "Table" }),
      );
      await expect(playgroundOf(page).endpoint).toHaveValue(DEMO);
      const example = page.getByRole("button", { name: "Use the example reviews" });
      if (await example.isVisible()) await example.click();
      // As a picture a few rows say as much as all of them, which the model needs half a minute for.
      const table = page.getByRole("textbox", { name: "Table" });
      await table.fill((await table.inputValue()).split("\n").slice(0, 9).join("\n"));
      await page.getByRole("button", { name: /^Start: 8/ }).click();
      await expect(page.getByText("8 of 8 done")).toBeVisible();
      await expect(page.getByRole("table", { name: "Raw and calibrated" })).toBeVisible();
    },
  },
  {
    name: "failure",
    open: async (page) => {
      await ask(page);
      await expect(playgroundOf(page).failure).toBeVisible();
    },
  },
  {
    name: "new-experiment",
    open: (page) =>
      visit(
        page,
        `/experiments/new?endpoint=${DEMO}&kind=sweep`,
        page.getByRole("button", { name: "Start" }),
      ),
  },
  { name: "samples", open: (page) => experiment(page, { kind: "samples", samples: 4 }, "4 of 4 done") },
  {
    name: "sweep",
    open: (page) => experiment(page, { kind: "sweep", temperatures: [0, 0.5, 1], samples: 2 }, "6 of 6 done"),
  },
  {
    name: "experiments",
    open: (page) => visit(page, "/experiments", page.getByRole("list", { name: "Experiments" })),
  },
];

for (const screen of SCREENS) {
  test(`${screen.name} fits every width in light and dark and is open to everyone`, async ({
    page,
    sagemaker,
  }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1600, height: 900 });
    await sagemaker.script(DEMO, {
      words: UNSURE,
      ...(screen.name === "failure" ? { failure: "Out of memory." } : {}),
    });
    await screen.open(page);
    await lookAt(page, screen.name);
  });
}

test("every view of an answer, coming and over, fits every width and is open to everyone", async ({
  page,
  sagemaker,
}) => {
  test.setTimeout(300_000);
  const playground = playgroundOf(page);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await sagemaker.script(DEMO, { words: LONG, delayMs: 300 });
  await page.setViewportSize({ width: 1600, height: 900 });
  await ask(page);
  await expect(playground.tokens).toContainText("nothing");
  for (const view of VIEWS) await look(page, view, "coming", [1600]);
  // It may be over by now on a slow machine; then there is nothing to stop.
  await page.keyboard.press("Escape");
  await expect(playground.status).toHaveText(/^(Stopped|Finished)/);
  for (const view of VIEWS) await look(page, view, "over", WIDTHS);
});

async function look(page: Page, view: (typeof VIEWS)[number], state: string, widths: number[]) {
  await playgroundOf(page).view(view).check();
  await lookAt(page, `${view.toLowerCase()}-${state}`, widths);
}

async function visit(page: Page, path: string, landmark: ReturnType<Page["getByRole"]>) {
  await page.goto(path);
  await expect(landmark).toBeVisible();
}

/** An experiment that is over, on its page. */
async function experiment(page: Page, varied: object, done: string) {
  const request = { endpointName: DEMO, prompt: "What is walking?", parameters: { maxNewTokens: 12 } };
  const started = await page.request.post("/api/experiments", {
    data: { ...varied, request, concurrency: 2 },
  });
  const { id } = await started.json();
  await visit(page, `/experiments/${id}`, page.getByText(done));
}

async function ask(page: Page) {
  const playground = playgroundOf(page);
  await playground.open(DEMO);
  await playground.prompt.fill("What is walking?");
  await playground.run.click();
}
