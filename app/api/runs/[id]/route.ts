import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { toRunSummary } from "#app/api/runs/run-answers.ts";
import { getRun } from "#lib/db/change-run.ts";
import { database } from "#lib/db/database.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/** One run: what was asked, of which container, and what came of it. Its tokens are in `/events`. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const opened = await database();
  const found = opened.ok ? await getRun(opened.value, (await context.params).id) : opened;
  if (!found.ok) {
    const status = httpStatus(found.failure.code);
    return Response.json({ failure: found.failure }, { status, headers: HEADERS });
  }
  const { request: asked, container, connection } = found.value;
  return Response.json(
    { run: toRunSummary(found.value), request: asked, container, connection },
    { headers: HEADERS },
  );
}
