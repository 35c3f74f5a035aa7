import { httpStatus } from "#app/api/http-status.ts";
import { liveRuns } from "#app/api/live-runs.ts";
import { readCappedBody } from "#app/api/read-capped-body.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { RUN_HEADERS } from "#app/api/run-headers.ts";
import { streamLines } from "#app/api/stream-lines.ts";
import { containerOfEndpoint, type ReachedContainer } from "#lib/aws/container-of-endpoint.ts";
import { describeStreamFailure } from "#lib/aws/describe-stream-failure.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { invokeStream } from "#lib/aws/invoke-stream.ts";
import { invokeWhole } from "#lib/aws/invoke-whole.ts";
import type { Failure } from "#lib/failure.ts";
import type { LiveRun } from "#lib/history/live-runs.ts";
import { invokeRun } from "#lib/run/continue-run.ts";
import { encodeEvent } from "#lib/run/event-lines.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { planRequest, type RequestPlan } from "#lib/run/plan-request.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { closeOnce } from "./close-once.ts";
import { parseInvokeRequest } from "./parse-invoke-request.ts";
import { recordInHistory } from "./record-in-history.ts";

export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 1_024 * 1_024;

/** How long a run goes on for a page that was left, in ms: a reload takes seconds, a closed tab costs no more. */
const LONELY_MS = 120_000;

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
  const reached = await containerOfEndpoint(parsed.value);
  if (!reached.ok) {
    endpointWatch().invalidate();
    return refuse(reached.failure);
  }
  const plan = planRequest(parsed.value, reached.value.wire);
  if (!plan.ok) return refuse(plan.failure);
  const run = start(parsed.value, plan.value, reached.value);
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort(), { once: true });
  const lines = run.log.follow(0, leaving.signal);
  return new Response(streamLines({ lines, leave: () => leaving.abort() }), { headers: RUN_HEADERS });
}

/** `asked` is what a person wrote and what is kept; `sent` is how this container can be told it. */
function start(
  asked: InvokeRequest,
  { request: sent, dialect }: RequestPlan,
  { wire, container }: ReachedContainer,
): LiveRun {
  const id = crypto.randomUUID();
  const startedAt = Date.now();
  const stopper = new AbortController();
  const ask = asked.stream === false ? invokeWhole : invokeStream;
  const events = invokeRun({
    runId: id,
    request: sent,
    dialect,
    facts: wire,
    startedAt,
    now: () => performance.now(),
    async invoke(body, signal) {
      const answered = await ask({ ...targetOf(asked), body, signal });
      // Deleted within the time that an answer about it serves: what was read of it is old.
      if (!answered.ok && answered.failure.code === "not-found") endpointWatch().invalidate();
      return answered;
    },
    signal: stopper.signal,
    describeError: describeStreamFailure,
  });
  return liveRuns().start({
    id,
    events: closeOnce(events),
    stop: () => stopper.abort(),
    recorder: recordInHistory({
      id,
      createdAt: new Date(startedAt),
      request: asked,
      container: container && { ...container, ...wire },
    }),
    lonelyMs: asked.keepRunning ? LONELY_MS : 0,
  });
}

function targetOf({ endpointName, targetVariant, inferenceComponentName }: InvokeRequest) {
  return { endpointName, targetVariant, inferenceComponentName };
}

/** Nothing was sent to the endpoint: one line that says why. */
function refuse(failure: Failure, status = httpStatus(failure.code)): Response {
  const event: RunEvent = { type: "run-error", failure, generatedText: "", tokens: 0, requests: 0 };
  return new Response(encodeEvent(event), { status, headers: RUN_HEADERS });
}
