import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../container/reply.ts";
import { BrokenAnswer } from "../engine/broken-answer.ts";
import { faultRefusal } from "../faults/answer-refusal.ts";
import type { Fault } from "../faults/faults.ts";
import { showingFault } from "../faults/showing-fault.ts";
import { publishNoCapacity } from "../telemetry/publish-invocation.ts";
import { type Asked, askContainer } from "./ask-container.ts";
import { findDestination } from "./find-destination.ts";
import { modelError, modelTimeout, type RuntimeError } from "./runtime-error.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { createScripts } from "./scripts.ts";
import { streamReply } from "./stream-reply.ts";

/** An invocation as it came in; `stream` tells the two operations apart. */
export type Call = { readonly endpoint: string; readonly stream: boolean; readonly body: Uint8Array };

/** Answers InvokeEndpoint and InvokeEndpointWithResponseStream; returns when the answer is out or the client gone. */
export async function invoke(
  parts: RuntimeParts,
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { scope, random } = parts;
  const wish = {
    variant: singleHeader(request, "x-amzn-sagemaker-target-variant"),
    component: singleHeader(request, "x-amzn-sagemaker-inference-component"),
  };
  const destination = findDestination(scope, call.endpoint, wish, random);
  if ("refusal" in destination) {
    const { noCapacity } = destination;
    // What an alarm watches to wake a component that was scaled to zero.
    if (noCapacity !== undefined) {
      publishNoCapacity(scope.telemetry, scope.region, noCapacity, scope.clock.now());
    }
    return refuse(response, destination.refusal);
  }
  const { image, environment, shadow, instances, ...place } = destination;
  const where = { ...place, region: scope.region };
  const operation = call.stream ? "InvokeEndpointWithResponseStream" : "InvokeEndpoint";
  const showing = showingFault(parts.faults, { ...where, operation }, environment);
  const { fault } = showing;
  const refusal = faultRefusal(scope, where, showing);
  if (refusal !== undefined) {
    return refuse(response, refusal);
  }

  // A client that leaves and a container that takes too long both end the generation, but only one gets an answer.
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  const limit = call.stream ? parts.limits.stream : parts.limits.whole;
  const timeout = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([leaving.signal, timeout]);
  const { headers } = request;
  const asked = { place: where, fault, headers, body: call.body, signal };
  const component = place.component ?? null;
  const watch = parts.watch(
    { scope, endpoint: place.endpoint, variant: place.variant, component, instances, stream: call.stream },
    response,
  );
  const answering = askContainer(parts, { ...asked, container: { image, environment } }, watch);
  if (shadow !== undefined) void copyToShadow(parts, { ...asked, container: shadow });
  // A container in whole mode may be silent until its limit: the race ends that.
  const reply = watch.reply(await Promise.race([answering, aborted(signal)]));
  if (leaving.signal.aborted) return;
  if (reply === undefined) {
    return refuse(response, modelTimeout(where));
  }
  // Only a failure before the first byte becomes a ModelError; later ones are payload (lmi-wire 7.2).
  if (reply.status >= 400) {
    const chunks = await collect(reply);
    const text = chunks === "broken" ? "" : Buffer.concat(chunks).toString("utf8");
    return refuse(response, modelError({ ...where, status: reply.status, text }));
  }
  if (call.stream) {
    return streamReply({ reply, response, variant: where.variant, random, fault, timeout });
  }
  return sendWhole(reply, response, fault, where, signal);
}

type Place = {
  readonly endpoint: string;
  readonly variant: string;
  readonly component?: string;
  readonly region: string;
};

/** Runs a request on a shadow variant; nobody reads what comes of it. */
async function copyToShadow(parts: RuntimeParts, asked: Asked): Promise<void> {
  // A script is for the answer that is read.
  const reply = await askContainer({ ...parts, scripts: createScripts() }, asked);
  await collect(reply);
}

async function sendWhole(
  reply: Reply,
  response: ServerResponse,
  fault: Fault | undefined,
  where: Place,
  signal: AbortSignal,
): Promise<void> {
  const chunks = await Promise.race([collect(reply), aborted(signal)]);
  if (response.destroyed) return;
  if (chunks === undefined || fault === "stall") {
    return refuse(response, modelTimeout(where));
  }
  if (chunks === "broken" || fault === "stream-broken" || fault === "cut-midframe") {
    // A container that drops the connection: what it sent so far is lost with it.
    return refuse(response, modelError({ ...where, status: 500, text: "" }));
  }
  const body = Buffer.concat(chunks);
  response.writeHead(200, {
    ...(reply.contentType === null ? {} : { "content-type": reply.contentType }),
    "content-length": body.length,
    "x-amzn-invoked-production-variant": where.variant,
  });
  response.end(body);
}

/** The whole body, or `broken` where the container dropped the connection inside it. */
async function collect(reply: Reply): Promise<Uint8Array[] | "broken"> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of reply.chunks) chunks.push(chunk);
  } catch (error) {
    if (error instanceof BrokenAnswer) return "broken";
    throw error;
  }
  return chunks;
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

/** Sends a refusal of the runtime. */
export function refuse(response: ServerResponse, error: RuntimeError): void {
  const body = JSON.stringify(error.body);
  response.writeHead(error.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    // The JS SDK reads the part before the colon.
    "x-amzn-errortype": `${error.type}:http://internal.amazon.com/coral/com.amazon.sagemaker/`,
  });
  response.end(body);
}

function singleHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
