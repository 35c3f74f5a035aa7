import { randomInt } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createEngines } from "./engine/engines.ts";
import { openEngine } from "./engine/open-engine.ts";
import { ENGINE_PLACES, runEngine } from "./engine/run-engine.ts";
import { HELP } from "./help.ts";
import { openLog } from "./open-log.ts";
import { type Options, parseOptions } from "./options.ts";
import { startSandbox } from "./server.ts";
import { watchParent } from "./watch-parent.ts";

// SageMaker's own limits for a container: 60 s for a whole answer, 8 minutes for a stream.
const LIMITS = { whole: 60_000, stream: 480_000 };

async function run(options: Options): Promise<void> {
  const log = openLog((text) => process.stderr.write(text));
  const settings = {
    program: fileURLToPath(import.meta.url),
    flags: process.execArgv,
    demoPath: findModel(),
    places: ENGINE_PLACES,
    waiting: 32,
    log,
  };
  const standard = openEngine(options.engine, settings);
  const engines = createEngines(standard, (spec) => openEngine(spec, settings));
  const sandbox = await startSandbox({
    host: options.host,
    port: options.port,
    scale: options.clock,
    folder: options.state,
    fresh: options.fresh,
    seed: options.seed,
    engines,
    wall: Date.now,
    limits: LIMITS,
    log,
    logLine: ({ region, endpoint, variant }, line) => log(`${region}/${endpoint}/${variant}: ${line}`),
  });

  // The engines first: they are the ones that would go on computing.
  function end(): void {
    engines.stop();
    void sandbox.close().then(() => process.exit(0));
  }
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // npm passes a signal on to the shell between us alone: who ends `npm run sandbox` would leave us behind.
  const isUnderNpm = process.env.npm_lifecycle_event === "sandbox";
  watchParent(options.parent ?? (isUnderNpm ? process.ppid : undefined), end);
  console.log(`sandbox ready ${sandbox.url}`);
  // Only now: loading the model would compete with the start of the server.
  await standard.probe();
  const status = standard.status();
  if (status.state === "ready") log(`engine ready: ${status.model}`);
  if (status.state === "unavailable") log(`engine unavailable: ${status.reason}`);
}

/** The model, beside this program or, where it was built into one file, where the sources are. */
function findModel(): string {
  const places = ["./model/sagescope-demo.gguf", "../../sandbox/model/sagescope-demo.gguf"];
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? "sandbox/model/sagescope-demo.gguf";
}

try {
  const [first, modelPath] = process.argv.slice(2);
  if (first === "--run-engine" && modelPath !== undefined) {
    // The same file is both programs, so that a bundle of it stays one file.
    await runEngine(modelPath);
  } else {
    const options = parseOptions(process.argv.slice(2), process.env, randomInt(2 ** 31));
    if (options === "help") console.log(HELP);
    else await run(options);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
