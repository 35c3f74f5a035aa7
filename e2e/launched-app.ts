import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const READY = /^Sagescope is ready: (\S+)$/m;
const START_WITHIN_MS = 120_000;

export type LaunchedApp = { url: string; stop: () => Promise<void> };

/** Starts the app as a person does, and waits for the address it prints. */
export async function launchApp(
  flags: string[],
  environment: Record<string, string> = {},
): Promise<LaunchedApp> {
  const port = await freePort();
  const app = spawn("npm", ["start", "--", "--port", String(port), ...flags], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readAddress(app);
  return { url, stop: () => end(app) };
}

function readAddress(app: ChildProcess): Promise<string> {
  let written = "";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => app.kill(), START_WITHIN_MS);
    app.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`The app ended with ${code}:\n${written}`));
    });
    // Read to the end, and shown: what it says after its address is why it went away.
    app.stdout?.on("data", (text) => {
      written += text;
      const url = READY.exec(written)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
      process.stderr.write(text);
    });
  });
}

async function end(app: ChildProcess) {
  if (app.exitCode !== null) return;
  const gone = once(app, "exit");
  app.kill("SIGTERM");
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("a listening server has no port"));
      });
    });
  });
}
