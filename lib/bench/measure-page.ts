import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { median, percentile } from "./median.ts";
import { startWatching, stopWatching, timeAttribute } from "./page-probes.ts";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const WIDE = { width: 1600, height: 900 };
const REST_MS = 3_000;
const TYPED = "and what follows from this for people who walk?";
const SWITCHES = 5;
/** Enough to compile what an answer runs through: what stays of it is no growth. */
const WARM_UP_TOKENS = 2_000;

/** How one answer was for the page that showed it. Times in ms, sizes in bytes. */
export type PageCosts = {
  tokens: number;
  perSecond: number;
  frameP95: number;
  frameP99: number;
  /** The same page at rest, in the same run: what a frame costs here at least. */
  restP95: number;
  longestTask: number;
  slowestInteraction: number;
  colourLooks: number;
  colourChanges: number;
  heapPer10000: number;
  metricSwitch: number;
  themeSwitch: number;
};

type Answer = { tokens: number; perSecond: number };

/** A short answer to warm the page up, and the one that is measured. */
export function endpointsFor({ tokens, perSecond }: Answer): [warmUp: string, measured: string] {
  return [`rate-${WARM_UP_TOKENS}-${perSecond}`, `rate-${tokens}-${perSecond}`];
}

/** A browser that reads answers of so many tokens at such a rate, somebody typing meanwhile. */
export async function measurePage(
  appUrl: string,
  executablePath: string | undefined,
  answers: readonly Answer[],
): Promise<PageCosts[]> {
  const browser = await chromium.launch({
    args: FLAGS,
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    const costs: PageCosts[] = [];
    for (const answer of answers) costs.push(await measureAnswer(browser, appUrl, answer));
    return costs;
  } finally {
    await browser.close();
  }
}

async function measureAnswer(browser: Browser, appUrl: string, answer: Answer): Promise<PageCosts> {
  const { tokens, perSecond } = answer;
  const [warmUp, measured] = endpointsFor(answer);
  const page = await browser.newPage({ viewport: WIDE });
  // The loader of this program wraps named functions in a call that pages do not know.
  await page.addInitScript("globalThis.__name = (value) => value");
  const heap = await page.context().newCDPSession(page);
  // A short answer first loads what the page loads late, such as its charts.
  await ask(page, appUrl, warmUp);
  await finish(page, WARM_UP_TOKENS, perSecond);
  await page.evaluate(startWatching);
  await page.waitForTimeout(REST_MS);
  const rest = await page.evaluate(stopWatching);
  const heapBefore = await heapSize(heap);

  await choose(page, measured);
  await page.locator("#answer-text .token").first().waitFor();
  await page.evaluate(startWatching);
  await page.getByRole("textbox", { name: "Prompt" }).focus();
  await page.keyboard.type(TYPED, { delay: 120 });
  await finish(page, tokens, perSecond);
  const watch = await page.evaluate(stopWatching);
  const heapAfter = await heapSize(heap);
  const metricSwitch = await timeSwitch(page, "#answer-text", "data-heat", ["entropy", "on"]);
  const themeSwitch = await timeSwitch(page, "html", "data-theme", ["dark", "light"]);
  await page.close();
  return {
    tokens,
    perSecond,
    frameP95: percentile(watch.frames, 0.95),
    frameP99: percentile(watch.frames, 0.99),
    restP95: percentile(rest.frames, 0.95),
    longestTask: watch.longestTask,
    slowestInteraction: watch.slowestInteraction,
    colourLooks: watch.looks,
    colourChanges: watch.changes,
    heapPer10000: ((heapAfter - heapBefore) / (tokens - WARM_UP_TOKENS)) * 10_000,
    metricSwitch,
    themeSwitch,
  };
}

async function ask(page: Page, appUrl: string, endpointName: string) {
  await page.goto(`${appUrl}/playground?endpoint=${endpointName}&view=tokens`);
  await page.getByRole("textbox", { name: "Prompt" }).fill("A long answer, please");
  await run(page);
}

/** Another endpoint without another page. */
async function choose(page: Page, endpointName: string) {
  await page.getByRole("combobox", { name: "Endpoint" }).selectOption(endpointName);
  await run(page);
}

async function run(page: Page) {
  await page.getByRole("button", { name: "Run", exact: true }).click();
}

async function finish(page: Page, tokens: number, perSecond: number) {
  const shown = tokens.toLocaleString("en");
  const timeout = (tokens / perSecond) * 4_000 + 30_000;
  await page
    .getByRole("status")
    .filter({ hasText: /^Finished/ })
    .waitFor({ state: "attached", timeout });
  const counts = await page.getByRole("region", { name: "Timing and counts" }).textContent();
  if (!counts?.includes(shown)) throw new Error(`the page counts other than ${shown} tokens: ${counts}`);
}

async function heapSize(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize;
}

async function timeSwitch(page: Page, selector: string, name: string, values: [string, string]) {
  const times: number[] = [];
  for (let round = 0; round < SWITCHES; round += 1) {
    for (const value of values) times.push(await page.evaluate(timeAttribute, { selector, name, value }));
  }
  return median(times);
}
