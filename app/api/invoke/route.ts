import { httpStatus } from "#app/api/http-status.ts";
import { readCappedBody } from "#app/api/read-capped-body.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { RUN_HEADERS } from "#app/api/run-headers.ts";
import { startRun } from "#app/api/start-run.ts";
import { streamLines } from "#app/api/stream-lines.ts";
import type { Failure } from "#lib/failure.ts";
import { encodeEvent } from "#lib/run/event-lines.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { parseInvokeRequest } from "./parse-invoke-request.ts";

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
  const run = await startRun(parsed.value, { lonelyMs: parsed.value.keepRunning ? LONELY_MS : 0 });
  if (!run.ok) return refuse(run.failure);
  const leaving = new AbortController();
  request.signal.addEventListener("abort", () => leaving.abort(), { once: true });
  const lines = run.value.log.follow(0, leaving.signal);
  return new Response(streamLines({ lines, leave: () => leaving.abort() }), { headers: RUN_HEADERS });
}

/** Nothing was sent to the endpoint: one line that says why. */
function refuse(failure: Failure, status = httpStatus(failure.code)): Response {
  const event: RunEvent = { type: "run-error", failure, generatedText: "", tokens: 0, requests: 0 };
  return new Response(encodeEvent(event), { status, headers: RUN_HEADERS });
}
