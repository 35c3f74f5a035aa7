import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { toFamilyRun } from "#app/api/runs/run-answers.ts";
import { database } from "#lib/db/database.ts";
import { listFamily } from "#lib/db/list-family.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/** Every run that came from the same first one, oldest first. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const opened = await database();
  if (!opened.ok) {
    const status = httpStatus(opened.failure.code);
    return Response.json({ failure: opened.failure }, { status, headers: HEADERS });
  }
  const family = await listFamily(opened.value, (await context.params).id);
  return Response.json({ runs: family.map(toFamilyRun) }, { headers: HEADERS });
}
