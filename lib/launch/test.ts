import { join } from "node:path";
import { onOrphaned } from "./ancestors.ts";
import { findBrowser, waysToABrowser } from "./browser.ts";
import { check, contractStep } from "./check-steps.ts";
import { ensureBuild } from "./ensure-build.ts";
import { quietEnvironment } from "./environment.ts";
import { explainJourneys } from "./explain-journeys.ts";
import { binary } from "./paths.ts";
import { withFolder } from "./report-folder.ts";
import { type Outcome, runStep, type Step, sayFailures, timed } from "./steps.ts";
import { createSupervisor } from "./supervisor.ts";
import { countsOf, readPlaywrightReport, renderCounts, sumCounts } from "./tally.ts";
import { endOnSignals, say } from "./terminal.ts";

const supervisor = createSupervisor();
const end = endOnSignals(supervisor);
onOrphaned(() => end(1));

const outcomes: Outcome[] = await withFolder(async (folder) => {
  const checked = await check(folder, supervisor);
  // Other programs keep the contract tests waiting, and the bundler does not use all processors all the time.
  const [contracts, { built, browser }] = await Promise.all([
    runStep(contractStep(folder), supervisor),
    prepareJourneys(),
  ]);
  const journeyed =
    browser === undefined ? withoutBrowser() : await runStep(journeys(folder, browser), supervisor);
  return [...checked, contracts, built, journeyed];
});
sayFailures(outcomes);
const total = sumCounts(outcomes.map(({ counts }) => counts));
say(`\n${renderCounts(total)}`);
await end(total.failed === 0 ? 0 : 1);

async function prepareJourneys() {
  const built = await timed("production build", build);
  return { built, browser: await obtainBrowser() };
}

async function build() {
  const built = await ensureBuild({ env: quietEnvironment(process.env), start: supervisor.start, say });
  return {
    ok: built.ok,
    counts: countsOf(built.ok, undefined),
    written: built.ok ? "" : (built.failure.detail ?? ""),
  };
}

async function obtainBrowser() {
  const asked = process.env.CHROMIUM_PATH;
  for (const way of waysToABrowser(process.getuid?.() === 0)) {
    const found = findBrowser(asked);
    if (found !== undefined) return found;
    await runStep(way, supervisor);
  }
  return findBrowser(asked);
}

function withoutBrowser(): Outcome {
  const written = "There is no browser to test with. Install Chromium, or name one with CHROMIUM_PATH.";
  return { name: "journeys", ok: false, counts: countsOf(false, undefined), written };
}

function journeys(folder: string, browser: string): Step {
  const report = join(folder, "playwright.json");
  return {
    name: "journeys",
    command: binary("playwright"),
    words: ["test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"],
    env: { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    output: "show",
    report: { path: report, read: readPlaywrightReport, explain: explainJourneys },
  };
}
