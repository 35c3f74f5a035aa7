import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { BrokenAnswer } from "../engine/broken-answer.ts";
import { faultRefusal } from "../faults/answer-refusal.ts";
import { showingFault } from "../faults/showing-fault.ts";
import { isJsonObject, parseJson } from "../json.ts";
import { publishNoCapacity } from "../telemetry/publish-invocation.ts";
import { breakOff, breaksOff, losesAnswer } from "./break-off.ts";
import { collect } from "./collect.ts";
import { findDestination } from "./find-destination.ts";
import { HURRIED_MS, refuse } from "./invoke.ts";
import { modelError, modelTimeout, validationError } from "./runtime-error.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { startInvocation } from "./start-invocation.ts";

/** A call of `/endpoints/{endpoint}[/inference-components/{component}]/openai/v1/…`. */
export type OpenAiCall = {
  readonly endpoint: string;
  readonly component: string | undefined;
  readonly body: Uint8Array;
};

// The container's own path; LMI serves it as it serves `/invocations` (lmi-wire 2).
const PATH = "/v1/chat/completions";

/**
 * Answers as the container does, status and errors included, streamed or whole as the body asks; only what never
 * reaches a container is refused in the runtime's words.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints-openai-compatible.html
 */
export async function invokeOpenAi(
  parts: RuntimeParts,
  { endpoint, component, body }: OpenAiCall,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { scope } = parts;
  const destination = findDestination(scope, endpoint, { variant: undefined, component }, parts.random);
  if ("refusal" in destination) {
    const { noCapacity } = destination;
    if (noCapacity !== undefined) {
      publishNoCapacity(scope.telemetry, scope.region, noCapacity, scope.clock.now());
    }
    return refuse(response, destination.refusal);
  }
  if (destination.config.AsyncInferenceConfig !== undefined) {
    return refuse(
      response,
      validationError(
        `Endpoint ${endpoint} is configured for asynchronous inference. Please use InvokeEndpointAsync.`,
      ),
    );
  }
  const asked = parseJson(Buffer.from(body).toString("utf8"));
  const streams = isJsonObject(asked) && asked.stream === true;
  // Faults are asked for by the operation that is like this one.
  const operation = streams ? "InvokeEndpointWithResponseStream" : "InvokeEndpoint";
  const { variant } = destination;
  const place = { endpoint, variant, component, region: scope.region, operation };
  const showing = showingFault(parts.faults, place, destination.environment);
  const refusal = faultRefusal(scope, destination, showing);
  if (refusal !== undefined) return refuse(response, refusal);
  const leaving = new AbortController();
  response.on("close", () => leaving.abort());
  const { fault } = showing;
  const patience = streams ? parts.limits.stream : parts.limits.whole;
  const timeout = AbortSignal.timeout(fault === "out-of-time" ? HURRIED_MS : patience);
  const reply = await startInvocation(parts, destination, {
    operation: streams ? "invocations-response-stream" : "invocations",
    fault,
    headers: { ...request.headers, authorization: undefined },
    body,
    path: PATH,
    signal: AbortSignal.any([leaving.signal, timeout]),
    whenOver: (over) => response.on("close", () => over(!response.writableFinished)),
  });
  if (leaving.signal.aborted) return;
  if (reply === undefined) return refuse(response, modelTimeout({ ...destination, region: scope.region }));
  if (!streams && losesAnswer(fault)) {
    // A container that drops the connection: what it sent so far is lost with it.
    await collect(reply);
    return refuse(response, modelError({ ...destination, region: scope.region, status: 500, text: "" }));
  }
  const captured =
    reply.status < 400 ? parts.capture.watch(destination, { headers: request.headers, body }, reply) : reply;
  response.writeHead(reply.status, {
    ...(reply.contentType === null ? {} : { "content-type": reply.contentType }),
    "x-amzn-invoked-production-variant": destination.variant,
  });
  if (fault === "wrong-crc") {
    const { logLine } = parts;
    logLine(
      { region: scope.region, endpoint, variant },
      "wrong-crc: plain HTTP has no checksum; the answer is sound",
    );
  }
  const breaks = streams && breaksOff(fault) && fault !== "wrong-crc";
  try {
    await pipeline(breaks ? breakOff(captured.chunks, fault) : untilLate(captured.chunks, timeout), response);
  } catch (error) {
    // A client that left, or a container that broke off: the connection has ended for both.
    const isOver = response.destroyed || error instanceof BrokenAnswer;
    response.destroy();
    if (!isOver) throw error;
  }
}

/** A body whose time ran out has no end: the connection breaks off, or it would look whole. */
async function* untilLate(
  chunks: AsyncIterable<Uint8Array>,
  timeout: AbortSignal,
): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (timeout.aborted) throw new BrokenAnswer();
}
