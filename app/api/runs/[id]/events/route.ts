import { httpStatus } from "#app/api/http-status.ts";
import { liveRuns } from "#app/api/live-runs.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { RUN_HEADERS } from "#app/api/run-headers.ts";
import { streamLines } from "#app/api/stream-lines.ts";
import { getRun } from "#lib/db/change-run.ts";
import { database } from "#lib/db/database.ts";
import { readRunLines } from "#lib/db/record-run.ts";
import type { Failure } from "#lib/failure.ts";

export const dynamic = "force-dynamic";

/**
 * The event lines of a run from the first one on: those that came, and, while it is under way, those to come.
 * The lines are those of `POST /api/invoke`; a run that was interrupted has no last event.
 */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const { id } = await context.params;
  const live = liveRuns().find(id);
  if (live) {
    const leaving = new AbortController();
    request.signal.addEventListener("abort", () => leaving.abort(), { once: true });
    const lines = live.log.follow(0, leaving.signal);
    return new Response(streamLines({ lines, leave: () => leaving.abort() }), { headers: RUN_HEADERS });
  }
  const opened = await database();
  if (!opened.ok) return refuse(opened.failure);
  const found = await getRun(opened.value, id);
  if (!found.ok) return refuse(found.failure);
  return new Response(await readRunLines(opened.value, id), { headers: RUN_HEADERS });
}

function refuse(failure: Failure): Response {
  return Response.json({ failure }, { status: httpStatus(failure.code), headers: RUN_HEADERS });
}
