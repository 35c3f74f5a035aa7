import { connectTo } from "#lib/aws/connect-to.ts";
import { measureDelay } from "#lib/bench/measure-delay.ts";
import { measurePage } from "#lib/bench/measure-page.ts";
import { measureReading } from "#lib/bench/measure-reading.ts";
import { renderPages, renderResults } from "#lib/bench/render-results.ts";
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

const supervisor = createSupervisor();
const end = endOnSignals(supervisor);
onOrphaned(() => end(1));

const flags = parseFlags([]);
if (!flags.ok) throw new Error(flags.failure.message);
const build = await ensureBuild({ env: quietEnvironment(process.env), start: supervisor.start, say });
if (!build.ok) {
  say(`${build.failure.detail}\n${build.failure.message}`);
  await end(1);
}

const streamPort = await anyFreePort(HOST);
const port = await anyFreePort(HOST);
const destination = { kind: "local", port: streamPort, stateFolder: "" } as const;
const env = serverEnvironment(process.env, { flags: flags.value, port, destination });
supervisor.start({
  name: "the stream server",
  command: process.execPath,
  words: ["--import", "tsx", `${ROOT}lib/bench/stream-server.ts`, String(streamPort)],
  env,
  output: "errors",
});
supervisor.start(serverProgram("start", { host: HOST, port }, env));
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
const sdkStream = createSdkStream(streamUrl);
const costs = await measureReading(sdkStream);
say(renderResults(costs, await measureDelay(sdkStream, appUrl)));
say(
  renderPages(
    await measurePage(appUrl, findBrowser(process.env.CHROMIUM_PATH), [
      { tokens: 10_000, perSecond: 400 },
      { tokens: 30_000, perSecond: 1_500 },
    ]),
  ),
);
await end(0);
