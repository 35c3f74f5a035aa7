import { readView } from "#app/api/deployments/read-view.ts";
import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { database } from "#lib/db/database.ts";
import { getDeployment } from "#lib/db/deployments.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/**
 * One deployment with everything its page shows. `?since=` is the log's cursor of the answer before. A deployment
 * that a server left half-way is taken up again by the first look.
 */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const opened = await database();
  const found = opened.ok ? await getDeployment(opened.value, (await context.params).id) : opened;
  if (!opened.ok || !found.ok) {
    const failure = opened.ok ? (found.ok ? null : found.failure) : opened.failure;
    const status = httpStatus(failure?.code ?? "unexpected");
    return Response.json({ failure }, { status, headers: HEADERS });
  }
  const since = Number(new URL(request.url).searchParams.get("since") ?? Number.NaN);
  const view = await readView(opened.value, found.value, Number.isFinite(since) ? since : null);
  return Response.json(view, { headers: HEADERS });
}
