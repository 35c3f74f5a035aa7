import { join } from "node:path";
import { binary, NEXT } from "./paths.ts";
import { type Outcome, runLane, type Step } from "./steps.ts";
import type { Supervisor } from "./supervisor.ts";
import { readVitestReport } from "./tally.ts";

const GRAPH = ["app", "components", "lib", "sandbox", "e2e", "proxy.ts", "instrumentation.ts"];

/** Runs everything that judges the sources in less than two minutes, the quickest first. */
export async function check(reportFolder: string, supervisor: Supervisor): Promise<Outcome[]> {
  const first = await runLane(
    [
      { name: "format and lint", command: binary("biome"), words: ["check", "--error-on-warnings", "."] },
      // tsc reads the route types that this writes; a fresh clone has none.
      { name: "route types", command: process.execPath, words: [NEXT, "typegen"] },
    ],
    supervisor,
  );
  // tsc uses one processor for half a minute, whatever there are.
  const lanes = await Promise.all([
    runLane([{ name: "types", command: binary("tsc"), words: ["--noEmit"] }], supervisor),
    runLane(
      [
        { name: "arrows between rooms", command: binary("depcruise"), words: GRAPH },
        { name: "dead code", command: binary("knip"), words: [] },
        vitestStep("unit tests", "unit", reportFolder),
      ],
      supervisor,
    ),
  ]);
  return [...first, ...lanes.flat()];
}

/** The tests that start programs and ask other clients, which take longer than a check may (`vitest.config.ts`). */
export function contractStep(reportFolder: string): Step {
  return vitestStep("contract tests", "contract*", reportFolder);
}

function vitestStep(name: string, projects: "unit" | "contract*", reportFolder: string): Step {
  const report = join(reportFolder, `${name.replaceAll(" ", "-")}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return {
    name,
    command: binary("vitest"),
    words: ["run", "--project", projects, ...reporters],
    env: { NODE_ENV: "test" },
    report: { path: report, read: readVitestReport },
  };
}
