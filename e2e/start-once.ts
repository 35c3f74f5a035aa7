import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { launchApp } from "./launched-app.ts";
import { MARK, markedProcesses } from "./marked-processes.ts";

const GONE_WITHIN_MS = 5_000;

/** One app for all journeys, with a state of its own and a clock that only the journeys move on. */
// biome-ignore lint/style/noDefaultExport: Playwright calls a set-up by its default export.
export default async function startOnce(): Promise<() => Promise<void>> {
  const state = await mkdtemp(join(tmpdir(), "sagescope-journey-"));
  const mark = randomUUID();
  const app = await launchApp(["--state", state, "--clock", "1"], { [MARK]: mark });
  process.env.SAGESCOPE_URL = app.url;
  return async () => {
    await app.stop();
    await rm(state, { recursive: true, force: true });
    await allGone(mark);
  };
}

async function allGone(mark: string) {
  const until = Date.now() + GONE_WITHIN_MS;
  while (markedProcesses(mark).length > 0 && Date.now() < until) await sleep(100);
  const left = markedProcesses(mark);
  if (left.length > 0) throw new Error(`The app was stopped and left processes behind:\n${left.join("\n")}`);
}
