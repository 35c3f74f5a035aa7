import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, unavailableEngine } from "./engine/engine.ts";
import { createEngines } from "./engine/engines.ts";
import { openEngine } from "./engine/open-engine.ts";
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
    engines: testEngines(silentEngine()),
    wall: () => now,
    limits: { whole: 60_000, stream: 480_000 },
    log: (line) => lines.push(line),
    logLine: ({ endpoint, variant }, line) => lines.push(`${endpoint}/${variant}: ${line}`),
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
  return unavailableEngine("This test brought no language model.", true);
}

/** Engines with this standard one; those that models name are real. */
function testEngines(standard: Engine) {
  const none = {
    program: "",
    flags: [],
    demoPath: "/nowhere.gguf",
    places: 1,
    waiting: 0,
    log: () => undefined,
  };
  return createEngines(standard, (spec) => openEngine(spec, none));
}
