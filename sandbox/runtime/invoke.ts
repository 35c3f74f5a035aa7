import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerInvocation } from "../container/answer-invocation.ts";
import { chooseContainer } from "../container/choose-container.ts";
import { faultOf } from "../container/faults.ts";
import type { Reply } from "../container/reply.ts";
import { withFault } from "../container/with-fault.ts";
import { findEndpoint } from "../control/endpoints.ts";
import type { Scope } from "../control/scope.ts";
import { phaseAt } from "../control/timeline.ts";
import type { Generate } from "../engine/generation.ts";
import type { VariantRecord } from "../state/records.ts";
import type { WatchInvocation } from "../telemetry/watch-invocations.ts";
import { chooseVariant } from "./choose-variant.ts";
import {
  modelError,
  modelTimeout,
  noSuchEndpoint,
  type RuntimeError,
  validationError,
} from "./runtime-error.ts";
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
  readonly watch: WatchInvocation;
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
  const target = singleHeader(request, "x-amzn-sagemaker-target-variant");
  const endpoint = findEndpoint(scope, call.endpoint);
  // At invoke the case of the name matters, and only an endpoint in service is found.
  if (
    endpoint === undefined ||
    endpoint.name !== call.endpoint ||
    phaseAt(endpoint.phases, scope.clock.now()).status !== "InService"
  ) {
    return refuse(response, noSuchEndpoint(call.endpoint));
  }
  if (singleHeader(request, "x-amzn-sagemaker-inference-component") !== undefined) {
    return refuse(
      response,
      validationError(
        "Inference Component Name header is not allowed for endpoints to which you dont plan to deploy inference components. Please remove the Inference Component Name header and try again.",
      ),
    );
  }
  const variant = chooseVariant(endpoint, target, random);
  if (variant === undefined) {
    return refuse(response, validationError(`Variant ${target ?? ""} not found for Request`));
  }

  const watch = parts.watch(
    {
      scope,
      endpoint: endpoint.name,
      variant: variant.name,
      component: null,
      instances: variant.count,
      stream: call.stream,
    },
    response,
  );
  // A client that leaves and a container that takes too long both end the generation, but only one gets an answer.
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  const limit = call.stream ? parts.limits.stream : parts.limits.whole;
  const timeout = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([leaving.signal, timeout]);
  // Taken before the container looks at the request, so that a refused request uses its script up too.
  const script = scripts.take(scope.region, endpoint.name);
  const answering = answerInvocation(
    chooseContainer(variant.image, variant.environment),
    { contentType: singleHeader(request, "content-type") ?? "application/json", body: call.body, signal },
    {
      generate: watch.generate(withFault(scripted(parts.generate, script), faultOf(variant.environment))),
      newId: () => script?.responseId ?? randomUUID().replaceAll("-", ""),
      seconds: () => script?.created ?? Math.floor(scope.clock.now() / 1000),
      newSeed: () => Math.floor(random() * 2 ** 31),
    },
  );
  // A container in whole mode may be silent until its limit: the race ends that.
  const reply = watch.reply(await Promise.race([answering, aborted(signal)]));
  if (leaving.signal.aborted) return;
  const where = { endpoint: endpoint.name, variant: variant.name, region: scope.region };
  if (reply === undefined) {
    return refuse(response, modelTimeout(where.endpoint, where.variant, where.region));
  }
  // Only a failure before the first byte becomes a ModelError; later ones are payload (lmi-wire 7.2).
  if (reply.status >= 400) {
    const text = Buffer.concat(await collect(reply)).toString("utf8");
    return refuse(response, modelError({ ...where, status: reply.status, text }));
  }
  if (call.stream) {
    const fault = faultOf(variant.environment);
    return streamReply({ reply, response, variant: variant.name, random, fault, timeout });
  }
  return sendWhole(reply, response, variant, where, signal);
}

async function sendWhole(
  reply: Reply,
  response: ServerResponse,
  variant: VariantRecord,
  where: { endpoint: string; variant: string; region: string },
  signal: AbortSignal,
): Promise<void> {
  const chunks = await Promise.race([collect(reply), aborted(signal)]);
  if (response.destroyed) return;
  const fault = faultOf(variant.environment);
  if (chunks === undefined || fault === "stall") {
    return refuse(response, modelTimeout(where.endpoint, where.variant, where.region));
  }
  if (fault === "stream-broken" || fault === "cut-midframe") {
    // A container that drops the connection: what it sent so far is lost with it.
    return refuse(response, modelError({ ...where, status: 500, text: "" }));
  }
  const body = Buffer.concat(chunks);
  response.writeHead(200, {
    ...(reply.contentType === null ? {} : { "content-type": reply.contentType }),
    "content-length": body.length,
    "x-amzn-invoked-production-variant": variant.name,
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
