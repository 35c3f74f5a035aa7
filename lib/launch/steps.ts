import { readFile } from "node:fs/promises";
import { type Environment, quietEnvironment } from "./environment.ts";
import type { Program } from "./program.ts";
import type { Supervisor } from "./supervisor.ts";
import { type Counts, countsOf } from "./tally.ts";
import { say } from "./terminal.ts";

/** One thing to run on the way to a verdict. */
export type Step = {
  name: string;
  command: string;
  words: string[];
  env?: Environment;
  /** Shown as it comes where a person would otherwise wait long without a word. */
  output?: Program["output"];
  report?: {
    path: string;
    read: (report: unknown) => Counts | undefined;
    /** What failed, in the words to end with: what was shown as it came may have scrolled away. */
    explain?: (report: unknown) => string;
  };
};

export type Outcome = { name: string; ok: boolean; counts: Counts; written: string };

/** Runs steps one after the other. */
export async function runLane(steps: readonly Step[], supervisor: Supervisor): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) outcomes.push(await runStep(step, supervisor));
  return outcomes;
}

/** Runs one step and says how it went. */
export async function runStep(step: Step, supervisor: Supervisor): Promise<Outcome> {
  return timed(step.name, async () => {
    const running = supervisor.start({
      name: step.name,
      command: step.command,
      words: step.words,
      env: { ...quietEnvironment(process.env), ...step.env },
      output: step.output ?? "keep",
    });
    const { code } = await running.ended;
    const report = step.report && (await readJson(step.report.path));
    const reported = step.report?.read(report);
    // A runner that leaves no report has not run its tests, whatever its exit code says.
    const ok = code === 0 && (step.report === undefined || reported !== undefined);
    const explained = step.report?.explain?.(report) ?? "";
    return { ok, counts: countsOf(ok, reported), written: `${running.written()}${explained}` };
  });
}

/** Does some work under a name, and says how it went and how long it took. */
export async function timed(name: string, work: () => Promise<Omit<Outcome, "name">>): Promise<Outcome> {
  const before = performance.now();
  const outcome = await work();
  const seconds = ((performance.now() - before) / 1000).toFixed(1);
  say(`${outcome.ok ? "✓" : "✗"} ${name} (${seconds} s)`);
  return { name, ...outcome };
}

/** Lists what failed, with all that the failed steps wrote. */
export function sayFailures(outcomes: Outcome[]): void {
  const failed = outcomes.filter((outcome) => !outcome.ok);
  for (const { name, written } of failed) say(`\n── ${name} ──\n${written.trim()}`);
  if (failed.length > 0) say(`\nFailed: ${failed.map(({ name }) => name).join(", ")}`);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}
