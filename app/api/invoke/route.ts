import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { containerOfEndpoint } from "#lib/aws/container-of-endpoint.ts";
import { describeStreamFailure } from "#lib/aws/describe-stream-failure.ts";
import { invokeStream } from "#lib/aws/invoke-stream.ts";
import type { Failure } from "#lib/failure.ts";
import { invokeRun } from "#lib/run/continue-run.ts";
import { encodeEvent } from "#lib/run/event-lines.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { chooseDialect } from "#lib/wire/choose-dialect.ts";
import { parseInvokeRequest } from "./parse-invoke-request.ts";
import { readCappedBody } from "./read-capped-body.ts";
import { streamEvents } from "./stream-events.ts";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1_024 * 1_024;

/** Neither Next's compression nor a proxy in between may hold lines back. */
const HEADERS = {
  "Content-Type": "application/x-ndjson; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

const TOO_LONG: Failure = {
  code: "invalid",
  message: "The request is longer than one mebibyte.",
  hint: "Shorten the prompt: no model reads that much at once.",
  field: "prompt",
};

/** One run as JSON lines, each written when it happens. README.md beside describes request and answer. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const text = await readCappedBody(request, MAX_BODY_BYTES);
  if (text === null) return refuse(TOO_LONG, 413);
  const parsed = parseInvokeRequest(text);
  if (!parsed.ok) return refuse(parsed.failure);
  const facts = await containerOfEndpoint(parsed.value);
  if (!facts.ok) return refuse(facts.failure);
  const { messages, parameters } = parsed.value;
  const dialect = chooseDialect({
    facts: facts.value,
    hasMessages: messages !== undefined,
    alternatives: parameters.alternatives ?? 0,
  });
  if (!dialect.ok) return refuse(dialect.failure);

  const stopper = new AbortController();
  const events = invokeRun({
    runId: crypto.randomUUID(),
    request: parsed.value,
    dialect: dialect.value,
    facts: facts.value,
    startedAt: Date.now(),
    now: () => performance.now(),
    invoke: (body, signal) => invokeStream({ ...targetOf(parsed.value), body, signal }),
    signal: AbortSignal.any([request.signal, stopper.signal]),
    describeError: describeStreamFailure,
  });
  return new Response(streamEvents({ events, stop: () => stopper.abort() }), { headers: HEADERS });
}

function targetOf({ endpointName, targetVariant, inferenceComponentName }: InvokeRequest) {
  return { endpointName, targetVariant, inferenceComponentName };
}

/** Nothing was sent to the endpoint: one line that says why. */
function refuse(failure: Failure, status = httpStatus(failure.code)): Response {
  const event: RunEvent = { type: "run-error", failure, generatedText: "", tokens: 0, requests: 0 };
  return new Response(encodeEvent(event), { status, headers: HEADERS });
}
