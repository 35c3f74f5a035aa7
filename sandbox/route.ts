import type { IncomingMessage, ServerResponse } from "node:http";
import { sendAwsJson, sendJson, sendXml } from "./answer.ts";
import { fetchArtifacts } from "./artifacts/fetch-artifacts.ts";
import { AwsError } from "./aws-error.ts";
import { artifactsToStart } from "./control/artifacts-to-start.ts";
import { answerStsQuery, callerIdentity } from "./control/caller-identity.ts";
import type { Scope } from "./control/scope.ts";
import type { Switches } from "./control/switches.ts";
import { variantsToStart } from "./control/variants-to-start.ts";
import { answerControlPath } from "./control-path.ts";
import { probeEngines } from "./engine/probe-engines.ts";
import { accessDenied, actionOf, inputOf } from "./faults/call-refusal.ts";
import { strikeCall, struckScope } from "./faults/strike-call.ts";
import { refuseForeign } from "./guard.ts";
import { IAM } from "./iam/operations.ts";
import { isDenied } from "./iam/permissions.ts";
import { readRequestBody } from "./read-request-body.ts";
import { runInvocation, runOpenAi } from "./run-invocation.ts";
import { type Running, scopeOf } from "./running.ts";
import { readInvocationPath } from "./runtime/invocation-path.ts";
import { refuse } from "./runtime/invoke.ts";
import { validationError } from "./runtime/runtime-error.ts";
import { decodeBody, textOf } from "./services/decode-body.ts";
import { readInput, runOperation } from "./services/json-rpc.ts";
import { refuseOtherProtocols } from "./services/other-protocols.ts";
import { answerQuery } from "./services/query.ts";
import { sendEvents } from "./services/send-events.ts";
import { findTarget } from "./services/services.ts";
import { type Authorization, readAuthorization } from "./signature/read-authorization.ts";
import { verifySignature } from "./signature/verify-signature.ts";
import { answerStorage } from "./storage/answer-storage.ts";
import { isForStorage } from "./storage/authenticate.ts";

const CONTROL_BODY = 1024 * 1024;
// BodyBlob's maximum in the service model.
const RUNTIME_BODY = 6_291_456;
// Jobs begin behind the answer.
const STARTS_WORK = /^(?:Create|Stop)AI(?:Benchmark|Recommendation)Job$/;
const STS_TARGET = "AWSSecurityTokenServiceV20110615.GetCallerIdentity";

/** Answers one request; returns the name it has in the log. Throws `AwsError` for what AWS refuses in words. */
export async function route(
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
  const { storage } = running;
  // Before the body is read: an object may be larger than memory.
  if (isForStorage({ method: request.method ?? "GET", target, headers: request.headers })) {
    return answerStorage(storage, running.settings.wall(), request, response, id);
  }
  const invocation = request.method === "POST" ? readInvocationPath(path) : undefined;
  const body = await readRequestBody(request, invocation === undefined ? CONTROL_BODY : RUNTIME_BODY);
  if (body === undefined) {
    if (invocation === undefined)
      throw new AwsError("RequestEntityTooLargeException", "Request Entity Too Large", 413);
    refuse(response, validationError("Request Entity Too Large", 413));
    return path;
  }
  if (path.startsWith("/_sandbox/") || path.startsWith("/moto-api/")) {
    await answerControlPath(steeringOf(running), request.method ?? "GET", path, textOf(body), response);
    // A clock that moved may have made something due.
    running.background.wake();
    return path;
  }
  if (invocation?.operation === "openai") {
    await runOpenAi(running, { ...invocation, body }, request, response);
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
  if (invocation !== undefined) {
    await runInvocation(running, region, { ...invocation, body }, request, response);
    return path;
  }
  refuseOtherProtocols(path, isQuery(request) ? authorization.service : "");
  const text = decodeBody(body, request.headers["content-encoding"], CONTROL_BODY);
  return answerService(running, authorization, request, text, response, id);
}

async function answerService(
  running: Running,
  { region, service: signedFor }: Authorization,
  request: IncomingMessage,
  text: string,
  response: ServerResponse,
  id: string,
): Promise<string> {
  // The target header decides first, then the content type.
  const target = String(request.headers["x-amz-target"] ?? "");
  const found = findTarget(target);
  const called = found?.operation ?? new URLSearchParams(isQuery(request) ? text : "").get("Action");
  const operation = called ?? target.slice(target.lastIndexOf(".") + 1);
  running.throttle(operation, running.switches.throttle, running.settings.wall());
  const struck = strikeCall(running.faults, { region, service: signedFor, operation, text });
  if (isDenied(running.switches, actionOf(signedFor, operation))) {
    throw accessDenied({ region, service: signedFor, operation, input: inputOf(text) });
  }
  if (struck === "no-answer") {
    response.destroy();
    return `${operation} (no answer)`;
  }
  if (found !== undefined) {
    const { service } = found;
    const scope = struckScope(scopeOf(running, region), struck);
    const stream = service.streams?.get(operation);
    if (stream !== undefined) {
      await sendEvents(response, (signal) => stream(scope, readInput(service, operation, text), signal));
      return operation;
    }
    await probeStarting(running, scope, operation, text);
    const data = await fetchArtifacts(running.storage, region, artifactsToStart(scope, operation, text));
    const knowing: Scope = { ...scope, artifacts: ({ url }) => data.get(url) };
    const output = runOperation(service, knowing, operation, text);
    if (STARTS_WORK.test(operation)) running.background.wake();
    await running.store.flushed();
    sendAwsJson(response, output, service.contentType);
    return operation;
  }
  if (target === STS_TARGET) {
    sendAwsJson(response, callerIdentity(region));
    return target;
  }
  if (isQuery(request) && signedFor === "iam") {
    const output = answerQuery(IAM, scopeOf(running, region), text, id);
    await running.store.flushed();
    sendXml(response, 200, output);
    return `IAM ${new URLSearchParams(text).get("Action")}`;
  }
  if (isQuery(request)) {
    sendXml(response, 200, answerStsQuery(text, region, id));
    return "STS";
  }
  const named = target === "" ? `${request.method} ${request.url}` : target;
  throw new AwsError("UnknownOperationException", `The sandbox does not know the operation ${named}.`);
}

/** An endpoint's life is decided when it is created, and an engine that cannot be reached decides it. */
async function probeStarting(running: Running, scope: Scope, operation: string, text: string): Promise<void> {
  const starting = variantsToStart(scope, operation, text);
  if (starting === undefined) return;
  const { engines, logLine } = running.settings;
  const place = { region: scope.region, endpoint: starting.endpoint };
  await probeEngines(engines, starting.variants, place, logLine);
}

/** The Query protocol of STS and IAM: their client cannot read JSON, refusals included. Prompts have paths of their own. */
export function isQuery(request: IncomingMessage): boolean {
  const type = request.headers["content-type"] ?? "";
  return (request.url ?? "/").split("?")[0] === "/" && type.startsWith("application/x-www-form-urlencoded");
}

function steeringOf(running: Running) {
  const { store, telemetry, clock, scripts, faults, live, settings } = running;
  return {
    store,
    telemetry,
    clock,
    scripts,
    faults,
    engines: settings.engines,
    live: () => live.size,
    switches: () => running.switches,
    turn: (switches: Switches) => {
      running.switches = switches;
    },
    scopeOf: (region: string) => scopeOf(running, region),
  };
}
