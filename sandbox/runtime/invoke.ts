import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerInvocation } from "../container/answer-invocation.ts";
import { chooseContainer } from "../container/choose-container.ts";
import { type Fault, faultOf } from "../container/faults.ts";
import type { Invocation, Reply } from "../container/reply.ts";
import { withFault } from "../container/with-fault.ts";
import type { Scope } from "../control/scope.ts";
import type { Generate } from "../engine/generation.ts";
import type { VariantRecord } from "../state/records.ts";
import { findDestination } from "./find-destination.ts";
import { modelError, modelTimeout, type RuntimeError } from "./runtime-error.ts";
import { type Scripts, scripted } from "./scripts.ts";
import { streamReply } from "./stream-reply.ts";

/** How long SageMaker waits for a container, in milliseconds. */
export type TimeLimits = { readonly whole: number; readonly stream: number };

export type RuntimeParts = {
  readonly scope: Scope;
  readonly generate: Generate;
  readonly scripts: Scripts;
  readonly random: () => number;
  readonly limits: TimeLimits;
};

/** An invocation as it came in; `stream` tells the two operations apart. */
export type Call = { readonly endpoint: string; readonly stream: boolean; readonly body: Uint8Array };

/** Answers InvokeEndpoint and InvokeEndpointWithResponseStream; returns when the answer is out or the client gone. */
export async function invoke(
  parts: RuntimeParts,
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { scope, scripts, random } = parts;
  const wish = {
    variant: singleHeader(request, "x-amzn-sagemaker-target-variant"),
    component: singleHeader(request, "x-amzn-sagemaker-inference-component"),
  };
  const destination = findDestination(scope, call.endpoint, wish, random);
  if ("refusal" in destination) {
    return refuse(response, destination.refusal);
  }
  const { image, environment, shadow, ...place } = destination;
  const where = { ...place, region: scope.region };
  const contentType = singleHeader(request, "content-type") ?? "application/json";

  // A client that leaves and a container that takes too long both end the generation, but only one gets an answer.
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  const limit = call.stream ? parts.limits.stream : parts.limits.whole;
  const timeout = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([leaving.signal, timeout]);
  // Taken before the container looks at the request, so that a refused request uses its script up too.
  const script = scripts.take(scope.region, where.endpoint);
  if (shadow !== undefined) {
    void copyToShadow(parts, shadow, { contentType, body: call.body, signal });
  }
  const answering = answerInvocation(
    chooseContainer(image, environment),
    { contentType, body: call.body, signal },
    {
      generate: withFault(scripted(parts.generate, script), faultOf(environment)),
      newId: () => script?.responseId ?? randomUUID().replaceAll("-", ""),
      seconds: () => script?.created ?? Math.floor(scope.clock.now() / 1000),
      newSeed: () => Math.floor(random() * 2 ** 31),
    },
  );
  // A container in whole mode may be silent until its limit: the race ends that.
  const reply = await Promise.race([answering, aborted(signal)]);
  if (leaving.signal.aborted) return;
  if (reply === undefined) {
    return refuse(response, modelTimeout(where));
  }
  // Only a failure before the first byte becomes a ModelError; later ones are payload (lmi-wire 7.2).
  if (reply.status >= 400) {
    const text = Buffer.concat(await collect(reply)).toString("utf8");
    return refuse(response, modelError({ ...where, status: reply.status, text }));
  }
  if (call.stream) {
    const fault = faultOf(environment);
    return streamReply({ reply, response, variant: where.variant, random, fault, timeout });
  }
  return sendWhole(reply, response, faultOf(environment), where, signal);
}

type Place = {
  readonly endpoint: string;
  readonly variant: string;
  readonly component?: string;
  readonly region: string;
};

/** Runs a request on a shadow variant; nobody reads what comes of it. */
async function copyToShadow(
  { generate, random, scope }: RuntimeParts,
  shadow: VariantRecord,
  invocation: Invocation,
): Promise<void> {
  const reply = await answerInvocation(chooseContainer(shadow.image, shadow.environment), invocation, {
    generate: withFault(generate, faultOf(shadow.environment)),
    newId: () => randomUUID().replaceAll("-", ""),
    seconds: () => Math.floor(scope.clock.now() / 1000),
    newSeed: () => Math.floor(random() * 2 ** 31),
  });
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
  if (fault === "stream-broken" || fault === "cut-midframe") {
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

async function collect(reply: Reply): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.chunks) chunks.push(chunk);
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
