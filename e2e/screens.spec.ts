import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { playgroundOf } from "./playground-page.ts";

const DEMO = "sagescope-demo";
const FOLDER = "test-results/screenshots";
const WIDTHS = [390, 1024, 1600];
const SCHEMES = ["light", "dark"] as const;
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
    name: "failure",
    open: async (page) => {
      await ask(page);
      await expect(playgroundOf(page).failure).toBeVisible();
    },
  },
];

for (const screen of SCREENS) {
  for (const scheme of SCHEMES) {
    test(`${screen.name} in ${scheme} fits every width and is open to everyone`, async ({
      page,
      sagemaker,
    }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await sagemaker.script(DEMO, {
          words: UNSURE,
          ...(screen.name === "failure" ? { failure: "Out of memory." } : {}),
        });
        await screen.open(page);
        await page.screenshot({ path: `${FOLDER}/${screen.name}-${scheme}-${width}.png`, fullPage: true });
        // Soft, so that one run shows every screen and every finding.
        expect.soft(await page.evaluate(overflow), `sideways scrolling at ${width} px`).toBe(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect
          .soft(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`))
          .toEqual([]);
      }
    });
  }
}

async function visit(page: Page, path: string, landmark: ReturnType<Page["getByRole"]>) {
  await page.goto(path);
  await expect(landmark).toBeVisible();
}

async function ask(page: Page) {
  const playground = playgroundOf(page);
  await playground.open(DEMO);
  await playground.prompt.fill("What is walking?");
  await playground.run.click();
}

function overflow() {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}
