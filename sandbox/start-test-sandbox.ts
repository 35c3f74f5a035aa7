import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, unavailableEngine } from "./engine/engine.ts";
import type { SandboxSettings } from "./running.ts";
import { type Sandbox, startSandbox } from "./server.ts";

/** A sandbox for a test: a free port, a folder of its own, a wall clock the test moves, no language model. */
export async function startTestSandbox(changes: Partial<SandboxSettings> = {}) {
  let now = Date.now();
  const lines: string[] = [];
  const settings: SandboxSettings = {
    host: "127.0.0.1",
    port: 0,
    scale: 60,
    folder: mkdtempSync(join(tmpdir(), "sandbox-")),
    fresh: false,
    seed: 7,
    engine: silentEngine(),
    wall: () => now,
    limits: { whole: 60_000, stream: 480_000 },
    log: (line) => lines.push(line),
    ...changes,
  };
  const sandbox: Sandbox = await startSandbox(settings);
  return {
    ...sandbox,
    settings,
    lines,
    /** Moves the wall clock, in milliseconds. */
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    control: (path: string, body?: unknown) =>
      fetch(
        `${sandbox.url}/_sandbox/${path}`,
        body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
      ),
  };
}

function silentEngine(): Engine {
  return unavailableEngine("This test brought no language model.");
}
