import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectTo } from "#lib/aws/connect-to.ts";
import { measureDelay } from "#lib/bench/measure-delay.ts";
import { measureEditor } from "#lib/bench/measure-editor.ts";
import { measureGenerating } from "#lib/bench/measure-generating.ts";
import { endpointsFor, measurePage } from "#lib/bench/measure-page.ts";
import { measureReading } from "#lib/bench/measure-reading.ts";
import { measureSandbox } from "#lib/bench/measure-sandbox.ts";
import { renderEditor, renderPages, renderResults } from "#lib/bench/render-results.ts";
import { renderSandbox } from "#lib/bench/render-sandbox.ts";
import { createSdkStream } from "#lib/bench/sdk-stream.ts";
import { onOrphaned } from "./ancestors.ts";
import { serverEnvironment, serverProgram } from "./app-programs.ts";
import { findBrowser } from "./browser.ts";
import { ensureBuild } from "./ensure-build.ts";
import { quietEnvironment } from "./environment.ts";
import { parseFlags } from "./flags.ts";
import { ROOT } from "./paths.ts";
import { anyFreePort } from "./ports.ts";
import { createSupervisor } from "./supervisor.ts";
import { endOnSignals, say } from "./terminal.ts";
import { waitUntilAnswers } from "./wait-until-answers.ts";

const HOST = "127.0.0.1";
const ANSWER_WITHIN_MS = 60_000;
// Nobody answers there.
const NO_ENGINE = "openai:http://127.0.0.1:9";

/** What a page has to keep up with. */
const ANSWERS = [
  { tokens: 10_000, perSecond: 400 },
  { tokens: 30_000, perSecond: 1_500 },
];

const supervisor = createSupervisor();
const end = endOnSignals(supervisor);
onOrphaned(() => end(1));

/** What can be measured by itself: `npm run bench -- page`. Without a word all of it is. */
const PARTS = ["sandbox", "stream", "page", "editor"] as const;
const words = process.argv.slice(2);
const unknown = words.filter((word) => !PARTS.some((part) => part === word));
if (unknown.length > 0) {
  say(`There is nothing called “${unknown[0]}” to measure, only ${PARTS.join(", ")}.`);
  await end(2);
}

const flags = parseFlags([]);
if (!flags.ok) throw new Error(flags.failure.message);
const settings = flags.value;
const build = await ensureBuild({ env: quietEnvironment(process.env), start: supervisor.start, say });
if (!build.ok) {
  say(`${build.failure.detail}\n${build.failure.message}`);
  await end(1);
}

if (wants("sandbox")) await benchSandbox();
if (wants("stream") || wants("page") || wants("editor")) await benchApp();
await end(0);

function wants(part: (typeof PARTS)[number]): boolean {
  return words.length === 0 || words.includes(part);
}

/** Alone on the machine: a busy neighbour would be measured as well. */
async function benchSandbox() {
  const local = await startSandbox(NO_ENGINE);
  await local.stop();
  const sandbox = await startSandbox(NO_ENGINE);
  const plain = await startPlainServer(await anyFreePort(HOST));
  const costs = await measureSandbox(sandbox.url, plain.url);
  await Promise.all([sandbox.stop(), plain.stop()]);
  const speaking = await startSandbox("demo");
  say(renderSandbox(costs, sandbox.readyMs, await measureGenerating(speaking.url)));
  await speaking.stop();
}

/** The app in front of a server that streams what it is told to. */
async function benchApp() {
  const streamPort = await anyFreePort(HOST);
  const port = await anyFreePort(HOST);
  const destination = { kind: "local", port: streamPort, stateFolder: "" } as const;
  // Its history is nobody's: left where it was it would be 40 MB more with each bench.
  const history = mkdtempSync(join(tmpdir(), "sagescope-bench-"));
  const inherited = { ...process.env, SAGESCOPE_DATABASE: join(history, "database") };
  const env = serverEnvironment(inherited, { flags: settings, port, destination });
  supervisor.start({
    name: "the stream server",
    command: process.execPath,
    words: [
      "--import",
      "tsx",
      `${ROOT}lib/bench/stream-server.ts`,
      String(streamPort),
      ...ANSWERS.flatMap(endpointsFor),
    ],
    env,
    output: "errors",
  });
  const app = supervisor.start(serverProgram("start", { host: HOST, port }, env));
  const [streamUrl, appUrl] = [`http://${HOST}:${streamPort}`, `http://${HOST}:${port}`];
  const { signal } = new AbortController();
  const urls = [streamUrl, `${appUrl}/api/health`];
  const answers = await Promise.all(urls.map((url) => waitUntilAnswers(url, ANSWER_WITHIN_MS, signal)));
  if (answers.includes(false)) {
    say("The servers to measure did not answer.");
    await end(1);
  }

  // The product's own client and the bare one read these when they are made; `quietEnvironment` says why.
  connectTo(process.env, streamUrl, { key: "bench", secret: "bench" });
  Object.assign(process.env, quietEnvironment({}));
  if (wants("stream")) {
    const sdkStream = createSdkStream(streamUrl);
    const costs = await measureReading(sdkStream);
    say(renderResults(costs, await measureDelay(sdkStream, appUrl)));
  }
  const browser = findBrowser(process.env.CHROMIUM_PATH);
  if (wants("page")) say(renderPages(await measurePage(appUrl, browser, ANSWERS)));
  if (wants("editor")) say(renderEditor(await measureEditor(appUrl, browser)));
  await app.stop();
  rmSync(history, { recursive: true, force: true });
}

/** Starts the local SageMaker with an engine and waits for it; the first start of all builds it. */
async function startSandbox(engine: string) {
  const sandboxPort = await anyFreePort(HOST);
  // In memory where there is such a folder: how fast a disk writes is not what is measured.
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "sagescope-bench-"));
  const starting = ["--port", String(sandboxPort), "--state", folder, "--clock", "0", "--engine", engine];
  return startServer("the local SageMaker", [`${ROOT}sandbox/start.mjs`, ...starting], sandboxPort, () =>
    rmSync(folder, { recursive: true, force: true }),
  );
}

async function startPlainServer(plainPort: number) {
  const starting = ["--import", "tsx", `${ROOT}lib/bench/plain-server.ts`, String(plainPort)];
  return startServer("the plain server", starting, plainPort, () => undefined);
}

async function startServer(name: string, starting: string[], at: number, clean: () => void) {
  const started = performance.now();
  const running = supervisor.start({
    name,
    command: process.execPath,
    words: starting,
    env: quietEnvironment(process.env),
    output: "keep",
  });
  const url = `http://${HOST}:${at}`;
  const answered = await waitUntilAnswers(
    `${url}/_sandbox/process`,
    ANSWER_WITHIN_MS,
    new AbortController().signal,
  );
  if (!answered) throw new Error(`${name} did not answer: ${running.written()}`);
  const readyMs = performance.now() - started;
  const stop = async () => {
    await running.stop();
    clean();
  };
  return { url, readyMs, stop };
}
