import { join } from "node:path";
import { binary, NEXT } from "./paths.ts";
import type { Step } from "./steps.ts";
import { readVitestReport } from "./tally.ts";

const GRAPH = ["app", "components", "lib", "sandbox", "e2e", "proxy.ts", "instrumentation.ts"];

/** Everything that judges the sources without building them, the quickest first. */
export function checkSteps(reportFolder: string): Step[] {
  const report = join(reportFolder, "vitest.json");
  return [
    { name: "format and lint", command: binary("biome"), words: ["check", "--error-on-warnings", "."] },
    // tsc reads the route types that this writes; a fresh clone has none.
    { name: "route types", command: process.execPath, words: [NEXT, "typegen"] },
    { name: "types", command: binary("tsc"), words: ["--noEmit"] },
    { name: "arrows between rooms", command: binary("depcruise"), words: GRAPH },
    { name: "dead code", command: binary("knip"), words: [] },
    {
      name: "unit tests",
      command: binary("vitest"),
      words: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      env: { NODE_ENV: "test" },
      report: { path: report, read: readVitestReport },
    },
  ];
}
