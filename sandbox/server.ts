import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { sendAwsError, sendXml } from "./answer.ts";
import { AwsError } from "./aws-error.ts";
import { createClock } from "./clock.ts";
import { queryError } from "./cloudwatch/refusals.ts";
import { SWITCHES_OFF } from "./control/switches.ts";
import { createThrottle } from "./control/throttle.ts";
import { createFaultBoard } from "./faults/fault-board.ts";
import { createRandom } from "./random.ts";
import { isQuery, route } from "./route.ts";
import type { Running, SandboxSettings } from "./running.ts";
import { createCapture } from "./runtime/capture.ts";
import { createScripts } from "./runtime/scripts.ts";
import { SAGEMAKER_CAPACITIES } from "./scaling/capacities.ts";
import { CLOUDWATCH_EYES } from "./scaling/observe-cloudwatch.ts";
import { queryRefusal } from "./services/query-refusal.ts";
import { startBackground } from "./start-background.ts";
import { openJournal } from "./state/journal.ts";
import { createStore } from "./state/store.ts";
import { openBlobs } from "./storage/blobs.ts";
import { namedBlobs } from "./storage/storage.ts";
import { openTelemetry } from "./telemetry/telemetry.ts";
import { createWatcher } from "./telemetry/watch-invocations.ts";

export type Sandbox = { readonly url: string; readonly port: number; close(): Promise<void> };

/**
 * Starts listening and then opens the state. Throws an `Error` with a sentence for a person where the port is
 * taken or the state folder cannot be used.
 */
export async function startSandbox(settings: SandboxSettings): Promise<Sandbox> {
  const server = createServer();
  // Node's 5 s would close pooled connections of SDK clients just as they are used again.
  server.keepAliveTimeout = 65_000;
  await listen(server, settings);
  try {
    // Only who owns the port may rewrite the journal.
    const { journal, changes } = openJournal(settings.folder, settings.fresh);
    const store = createStore(journal, changes);
    if (store.dropForeign()) {
      settings.log(`sandbox: the state in ${settings.folder} had another format and was dropped`);
    }
    const clock = createClock(settings.scale, settings.wall, store.clockOffset());
    const telemetry = openTelemetry(settings.folder, settings.fresh, clock.now);
    const storage = { store, clock, blobs: openBlobs(join(settings.folder, "objects"), namedBlobs(store)) };
    const random = createRandom(settings.seed);
    const parts = {
      settings,
      store,
      telemetry,
      watch: createWatcher(() => performance.now()),
      capture: createCapture(storage, random, settings.log),
      storage,
      clock,
      scaling: { capacities: SAGEMAKER_CAPACITIES, ...CLOUDWATCH_EYES },
      scripts: createScripts(),
      faults: createFaultBoard(),
      random,
      live: new Set<ServerResponse>(),
      throttle: createThrottle(),
      switches: SWITCHES_OFF,
    };
    const running: Running = { ...parts, background: startBackground(() => running) };
    // What was in the queues when the program ended last.
    running.background.wake();
    server.on("request", (request, response) => void answer(running, request, response));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : settings.port;
    return {
      port,
      url: `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`,
      close: () =>
        close(server, () => {
          running.background.stop();
          running.capture.close();
          telemetry.close();
          // Last: it holds the lock of the folder.
          journal.close();
        }),
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

async function answer(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const id = randomUUID();
  // On every answer, refusals included: support cases and the SDKs' errors quote it.
  response.setHeader("x-amzn-RequestId", id);
  let name = request.url?.split("?")[0] ?? "/";
  try {
    name = await route(running, request, response, id);
  } catch (error) {
    if (error instanceof AwsError) {
      name = `${name} (${error.code})`;
      refuse(request, response, error, id);
    } else if (request.destroyed && !request.complete) {
      name = `${name} (the client left)`;
    } else {
      // A defect of the sandbox: said in AWS's form, since an HTML page would look like a retryable outage.
      running.settings.log(`sandbox: defect: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent)
        sendAwsError(response, new AwsError("InternalFailure", "The sandbox failed.", 500));
      else response.destroy();
    }
  }
  running.settings.log(
    `${request.method} ${name} ${response.statusCode} ${Math.round(performance.now() - started)} ms`,
  );
}

/** A refusal in the words that the caller's client reads. */
function refuse(request: IncomingMessage, response: ServerResponse, error: AwsError, id: string): void {
  if (isQuery(request)) sendXml(response, error.status, queryRefusal(error, id));
  else {
    // Clients of services that once spoke the Query protocol still go by its codes.
    if (request.headers["x-amzn-query-mode"] === "true")
      response.setHeader("x-amzn-query-error", queryError(error));
    sendAwsError(response, error);
  }
}

function listen(server: Server, { host, port }: SandboxSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "the port is taken by another program" : error.message;
      reject(new Error(`The sandbox cannot listen on ${host}:${port}: ${reason}`));
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server, after: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      after();
      resolve();
    });
    // Streams may last minutes; an end is an end.
    server.closeAllConnections();
  });
}
