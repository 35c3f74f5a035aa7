import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../container/reply.ts";
import { faultRefusal } from "../faults/answer-refusal.ts";
import type { Fault } from "../faults/faults.ts";
import { showingFault } from "../faults/showing-fault.ts";
import { publishNoCapacity } from "../telemetry/publish-invocation.ts";
import { losesAnswer } from "./break-off.ts";
import { aborted, collect } from "./collect.ts";
import { findDestination } from "./find-destination.ts";
import { readHeaders } from "./invocation-headers.ts";
import { refuseUnfit } from "./refuse-unfit.ts";
import { modelError, modelTimeout, type RuntimeError } from "./runtime-error.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { startInvocation } from "./start-invocation.ts";
import { streamReply } from "./stream-reply.ts";

/** What stands for SageMaker's minutes where somebody wants to see them pass, in ms. */
export const HURRIED_MS = 1_000;

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
  const operation = call.stream ? "InvokeEndpointWithResponseStream" : "InvokeEndpoint";
  const input = readHeaders(operation, call.endpoint, request.headers);
  if ("refusal" in input) {
    return refuse(response, input.refusal);
  }
  const wish = { variant: input.text("TargetVariant"), component: input.text("InferenceComponentName") };
  const destination = findDestination(scope, call.endpoint, wish, random);
  if ("refusal" in destination) {
    const { noCapacity } = destination;
    // What an alarm watches to wake a component that was scaled to zero.
    if (noCapacity !== undefined) {
      publishNoCapacity(scope.telemetry, scope.region, noCapacity, scope.clock.now());
    }
    return refuse(response, destination.refusal);
  }
  const { environment, endpoint, variant, component } = destination;
  const where = {
    endpoint,
    variant,
    region: scope.region,
    ...(component === undefined ? {} : { component }),
  };
  const showing = showingFault(parts.faults, { ...where, operation }, environment);
  const { fault } = showing;
  const refusal = refuseUnfit(destination, input) ?? faultRefusal(scope, where, showing);
  if (refusal !== undefined) {
    return refuse(response, refusal);
  }

  // A client that leaves and a container that takes too long both end the generation, but only one gets an answer.
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  const patience = call.stream ? parts.limits.stream : parts.limits.whole;
  const limit = fault === "out-of-time" ? HURRIED_MS : patience;
  const timeout = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([leaving.signal, timeout]);
  const reply = await startInvocation(parts, destination, {
    operation: call.stream ? "invocations-response-stream" : "invocations",
    fault,
    headers: request.headers,
    body: call.body,
    signal,
    whenOver: (over) => response.on("close", () => over(!response.writableFinished)),
  });
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
  const captured = parts.capture.watch(destination, { headers: request.headers, body: call.body }, reply);
  if (call.stream) {
    return streamReply({ reply: captured, response, variant: where.variant, random, fault, timeout });
  }
  return sendWhole(captured, response, fault, where, signal);
}

type Place = {
  readonly endpoint: string;
  readonly variant: string;
  readonly component?: string;
  readonly region: string;
};

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
  if (chunks === "broken" || losesAnswer(fault)) {
    // A container that drops the connection: what it sent so far is lost with it.
    return refuse(response, modelError({ ...where, status: 500, text: "" }));
  }
  const body = Buffer.concat(chunks);
  response.writeHead(200, {
    ...(reply.contentType === null ? {} : { "content-type": reply.contentType }),
    "content-length": body.length,
    "x-amzn-invoked-production-variant": where.variant,
    ...reply.headers,
  });
  response.end(body);
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
