import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { sendAwsError, sendAwsJson, sendJson, sendXml } from "./answer.ts";
import { AwsError } from "./aws-error.ts";
import { type Clock, createClock } from "./clock.ts";
import { answerStsQuery, callerIdentity, stsError } from "./control/caller-identity.ts";
import { runOperation } from "./control/operations.ts";
import type { Scope } from "./control/scope.ts";
import { seedRegion } from "./control/seed.ts";
import { variantsToStart } from "./control/variants-to-start.ts";
import { answerControlPath } from "./control-path.ts";
import type { Engines } from "./engine/engines.ts";
import { probeEngines } from "./engine/probe-engines.ts";
import { refuseForeign } from "./guard.ts";
import type { LogLine } from "./log-line.ts";
import { createRandom } from "./random.ts";
import { readRequestBody } from "./read-request-body.ts";
import { invoke, refuse, type TimeLimits } from "./runtime/invoke.ts";
import { validationError } from "./runtime/runtime-error.ts";
import { createScripts, type Scripts } from "./runtime/scripts.ts";
import { readAuthorization } from "./signature/read-authorization.ts";
import { verifySignature } from "./signature/verify-signature.ts";
import { openJournal } from "./state/journal.ts";
import { createStore, type Store } from "./state/store.ts";

export type SandboxSettings = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly scale: number;
  readonly folder: string;
  readonly fresh: boolean;
  readonly seed: number;
  readonly engines: Engines;
  /** The wall clock in milliseconds. */
  readonly wall: () => number;
  readonly limits: TimeLimits;
  readonly log: (line: string) => void;
  /** Takes what a container writes into its log. */
  readonly logLine: LogLine;
};

export type Sandbox = { readonly url: string; readonly port: number; close(): Promise<void> };

type Running = {
  readonly settings: SandboxSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly scripts: Scripts;
  readonly random: () => number;
  readonly live: Set<ServerResponse>;
};

const CONTROL_BODY = 1024 * 1024;
// BodyBlob's maximum in the service model.
const RUNTIME_BODY = 6_291_456;
const INVOCATION = /^\/endpoints\/([^/]+)\/(invocations|invocations-response-stream)$/;
const STS_TARGET = "AWSSecurityTokenServiceV20110615.GetCallerIdentity";

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
    const clock = createClock(settings.scale, settings.wall, store.clockOffset());
    const running: Running = {
      settings,
      store,
      clock,
      scripts: createScripts(),
      random: createRandom(settings.seed),
      live: new Set(),
    };
    server.on("request", (request, response) => void answer(running, request, response));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : settings.port;
    return {
      port,
      url: `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`,
      close: () => close(server, () => journal.close()),
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
      if (isQuery(request)) sendXml(response, error.status, stsError(error, id));
      else sendAwsError(response, error);
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

/** Answers one request; returns the name it has in the log. */
async function route(
  running: Running,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<string> {
  // The target as it was sent: a signature covers the bytes, not what they decode to.
  const target = request.url ?? "/";
  const path = target.split("?")[0] ?? "/";
  const foreign = refuseForeign(request.headers, running.settings.host);
  if (foreign !== undefined) {
    request.resume();
    sendJson(response, 403, { error: foreign });
    return path;
  }
  const invocation = INVOCATION.exec(path);
  const body = await readRequestBody(request, invocation === null ? CONTROL_BODY : RUNTIME_BODY);
  if (body === undefined) {
    if (invocation === null)
      throw new AwsError("RequestEntityTooLargeException", "Request Entity Too Large", 413);
    refuse(response, validationError("Request Entity Too Large", 413));
    return path;
  }
  const text = Buffer.from(body).toString("utf8");
  if (path.startsWith("/_sandbox/") || path.startsWith("/moto-api/")) {
    const { store, clock, scripts, live, settings } = running;
    const steering = {
      store,
      clock,
      scripts,
      engines: settings.engines,
      live: () => live.size,
      scopeOf: (region: string) => scopeOf(running, region),
    };
    answerControlPath(steering, request.method ?? "GET", path, text, response);
    return path;
  }
  const authorization = readAuthorization(request.headers.authorization);
  verifySignature(
    { method: request.method ?? "GET", target, headers: request.headers, body },
    authorization,
    running.settings.wall(),
  );
  // As AWS does: the signature, not the address, says which region is meant.
  const { region } = authorization;
  if (invocation !== null && request.method === "POST") {
    const call = {
      endpoint: decodeName(invocation[1] ?? ""),
      stream: invocation[2] === "invocations-response-stream",
      body,
    };
    await runInvocation(running, scopeOf(running, region), call, request, response);
    return path;
  }
  return answerControlPlane(running, region, request, text, response, id);
}

async function answerControlPlane(
  running: Running,
  region: string,
  request: IncomingMessage,
  text: string,
  response: ServerResponse,
  id: string,
): Promise<string> {
  // One port serves all services, so the target header decides, then the content type.
  const operation = String(request.headers["x-amz-target"] ?? "");
  if (operation.startsWith("SageMaker.")) {
    const name = operation.slice("SageMaker.".length);
    const scope = scopeOf(running, region);
    const starting = variantsToStart(scope, name, text);
    if (starting !== undefined) {
      const place = { region, endpoint: starting.endpoint };
      await probeEngines(running.settings.engines, starting.variants, place, running.settings.logLine);
    }
    sendAwsJson(response, runOperation(scope, name, text));
    return name;
  }
  if (operation === STS_TARGET) {
    sendAwsJson(response, callerIdentity(region));
    return operation;
  }
  if (isQuery(request)) {
    sendXml(response, 200, answerStsQuery(text, region, id));
    return "STS";
  }
  const named = operation === "" ? `${request.method} ${request.url}` : operation;
  throw new AwsError("UnknownOperationException", `The sandbox does not know the operation ${named}.`);
}

/** The Query protocol of STS: its client cannot read JSON, refusals included. Prompts have paths of their own. */
function isQuery(request: IncomingMessage): boolean {
  const type = request.headers["content-type"] ?? "";
  return (request.url ?? "/").split("?")[0] === "/" && type.startsWith("application/x-www-form-urlencoded");
}

async function runInvocation(
  running: Running,
  scope: Scope,
  call: { endpoint: string; stream: boolean; body: Uint8Array },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { scripts, random, settings, live } = running;
  live.add(response);
  // `close` comes also where a client leaves before the end, `finish` does not.
  response.on("close", () => live.delete(response));
  await invoke(
    { scope, scripts, random, engines: settings.engines, limits: settings.limits, logLine: settings.logLine },
    call,
    request,
    response,
  );
}

function scopeOf({ store, clock, settings }: Running, region: string): Scope {
  const scope = { store, clock, region, seed: settings.seed, engineState: settings.engines.stateOf };
  // At the first use of a region, since there are more regions than anybody looks at.
  seedRegion(scope);
  return scope;
}

function decodeName(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
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
