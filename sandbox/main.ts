import { randomInt } from "node:crypto";
import { unavailableEngine } from "./engine/engine.ts";
import { HELP, type Options, parseOptions } from "./options.ts";
import { startSandbox } from "./server.ts";
import { watchParent } from "./watch-parent.ts";

// SageMaker's own limits for a container: 60 s for a whole answer, 8 minutes for a stream.
const LIMITS = { whole: 60_000, stream: 480_000 };

async function run(options: Options): Promise<void> {
  const engine = unavailableEngine("no engine yet");
  const sandbox = await startSandbox({
    host: options.host,
    port: options.port,
    scale: options.clock,
    folder: options.state,
    fresh: options.fresh,
    seed: options.seed,
    engine,
    wall: Date.now,
    limits: LIMITS,
    log: (line) => console.error(line),
  });

  function end(): void {
    engine.stop();
    void sandbox.close().then(() => process.exit(0));
  }
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  watchParent(options.parent, end);
  console.log(`sandbox ready ${sandbox.url}`);
}

try {
  const options = parseOptions(process.argv.slice(2), process.env, randomInt(2 ** 31));
  if (options === "help") {
    console.log(HELP);
  } else {
    await run(options);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
