import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FullConfig } from "@playwright/test";
import { type LaunchedApp, launchApp, urlVariable } from "./launched-app.ts";
import { MARK, markedProcesses } from "./marked-processes.ts";

const GONE_WITHIN_MS = 5_000;

/**
 * An app for each worker, since journeys that ran at once in one would see each other's endpoints and load. Each has a
 * state of its own and a clock that only its journeys move on.
 */
// biome-ignore lint/style/noDefaultExport: Playwright calls a set-up by its default export.
export default async function startOnce({ workers }: FullConfig): Promise<() => Promise<void>> {
  const mark = randomUUID();
  const apps: { app: LaunchedApp; state: string }[] = [];
  for (let worker = 0; worker < workers; worker += 1) {
    // One after the other: the first one may have to build.
    const state = await mkdtemp(join(tmpdir(), "sagescope-journey-"));
    const app = await launchApp(["--state", state, "--clock", "1"], { [MARK]: mark });
    apps.push({ app, state });
    process.env[urlVariable(worker)] = app.url;
  }
  return async () => {
    await Promise.all(apps.map(({ app }) => app.stop()));
    for (const { state } of apps) await rm(state, { recursive: true, force: true });
    await allGone(mark);
  };
}

async function allGone(mark: string) {
  const until = Date.now() + GONE_WITHIN_MS;
  while (markedProcesses(mark).length > 0 && Date.now() < until) await sleep(100);
  const left = markedProcesses(mark);
  if (left.length > 0) throw new Error(`The app was stopped and left processes behind:\n${left.join("\n")}`);
}
