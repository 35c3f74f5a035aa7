import { join } from "node:path";
import { binary, NEXT } from "./paths.ts";
import type { Step } from "./steps.ts";
import { readVitestReport } from "./tally.ts";

const GRAPH = ["app", "components", "lib", "sandbox", "e2e", "proxy.ts", "instrumentation.ts"];

/** Everything that judges the sources in less than two minutes, the quickest first. */
export function checkSteps(reportFolder: string): Step[] {
  return [
    { name: "format and lint", command: binary("biome"), words: ["check", "--error-on-warnings", "."] },
    // tsc reads the route types that this writes; a fresh clone has none.
    { name: "route types", command: process.execPath, words: [NEXT, "typegen"] },
    { name: "types", command: binary("tsc"), words: ["--noEmit"] },
    { name: "arrows between rooms", command: binary("depcruise"), words: GRAPH },
    { name: "dead code", command: binary("knip"), words: [] },
    vitestStep("unit tests", "unit", reportFolder),
  ];
}

/** The tests that start programs and ask other clients, which take longer than a check may (`vitest.config.ts`). */
export function contractStep(reportFolder: string): Step {
  return vitestStep("contract tests", "contract", reportFolder);
}

function vitestStep(name: string, project: "unit" | "contract", reportFolder: string): Step {
  const report = join(reportFolder, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return {
    name,
    command: binary("vitest"),
    words: ["run", "--project", project, ...reporters],
    env: { NODE_ENV: "test" },
    report: { path: report, read: readVitestReport },
  };
}
