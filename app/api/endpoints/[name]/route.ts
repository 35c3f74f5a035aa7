import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/** One endpoint with configuration, containers, tags and the changes this server has seen. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const { name } = await params;
  const watch = endpointWatch();
  const read = await watch.describe(name);
  if (!read.ok) {
    const status = httpStatus(read.failure.code);
    return Response.json({ failure: read.failure }, { status, headers: HEADERS });
  }
  const { value, failure } = read.value;
  const endpoint = { ...value.endpoint, history: watch.history(name) };
  return Response.json({ endpoint, ...(failure ? { failure } : {}) }, { headers: HEADERS });
}
