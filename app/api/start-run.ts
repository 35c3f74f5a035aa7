import { liveRuns } from "#app/api/live-runs.ts";
import { type CellPlace, recordInHistory } from "#app/api/record-in-history.ts";
import { containerOfEndpoint, type ReachedContainer } from "#lib/aws/container-of-endpoint.ts";
import { describeStreamFailure } from "#lib/aws/describe-stream-failure.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";
import { invokeStream } from "#lib/aws/invoke-stream.ts";
import { invokeWhole } from "#lib/aws/invoke-whole.ts";
import { type Failure, type Result, succeed } from "#lib/failure.ts";
import type { LiveRun } from "#lib/history/live-runs.ts";
import { invokeRun } from "#lib/run/continue-run.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { planRequest, type RequestPlan } from "#lib/run/plan-request.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { closeOnce } from "./close-once.ts";

/** Who waits for a run: how long it goes on alone (`lonelyMs` of `LiveRuns`), and the experiment it is part of. */
export type RunKeeping = { lonelyMs: number | null; cell?: CellPlace };

/** Begins a run, or says why nothing can be sent. */
export async function startRun(asked: InvokeRequest, keeping: RunKeeping): Promise<Result<LiveRun>> {
  const reached = await containerOfEndpoint(asked);
  if (!reached.ok) {
    endpointWatch().invalidate();
    return reached;
  }
  const plan = planRequest(asked, reached.value.wire);
  return plan.ok ? succeed(begin(asked, plan.value, reached.value, keeping)) : plan;
}

/** A run that was refused before anything was sent, kept in the history all the same. */
export function keepRefusal(asked: InvokeRequest, failure: Failure, keeping: RunKeeping): LiveRun {
  async function* refusal(): AsyncGenerator<RunEvent> {
    yield { type: "run-error", failure, generatedText: "", tokens: 0, requests: 0 };
  }
  const id = crypto.randomUUID();
  return liveRuns().start({
    id,
    events: refusal(),
    stop: () => undefined,
    recorder: recordInHistory({ id, createdAt: new Date(), request: asked, container: null, ...keeping }),
    lonelyMs: keeping.lonelyMs,
  });
}

/** `asked` is what a person wrote and what is kept; `sent` is how this container can be told it. */
function begin(
  asked: InvokeRequest,
  { request: sent, dialect }: RequestPlan,
  { wire, container }: ReachedContainer,
  { lonelyMs, cell }: RunKeeping,
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
      ...(cell ? { cell } : {}),
    }),
    lonelyMs,
  });
}

function targetOf({ endpointName, targetVariant, inferenceComponentName }: InvokeRequest) {
  return { endpointName, targetVariant, inferenceComponentName };
}
