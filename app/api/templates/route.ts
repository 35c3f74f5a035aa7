import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { database } from "#lib/db/database.ts";
import { listTemplates } from "#lib/db/templates.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/** Every prompt template, by name. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const opened = await database();
  if (!opened.ok) {
    const status = httpStatus(opened.failure.code);
    return Response.json({ failure: opened.failure }, { status, headers: HEADERS });
  }
  const templates = await listTemplates(opened.value);
  return Response.json(
    { templates: templates.map(({ id, name, body }) => ({ id, name, body })) },
    { headers: HEADERS },
  );
}
