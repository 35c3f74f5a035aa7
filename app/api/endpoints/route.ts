import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { endpointWatch } from "#lib/aws/endpoint-watch.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/** Every endpoint; when AWS does not answer, the last list with the failure beside it. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const read = await endpointWatch().list();
  if (!read.ok) {
    const status = httpStatus(read.failure.code);
    return Response.json({ endpoints: [], asOf: 0, failure: read.failure }, { status, headers: HEADERS });
  }
  const { value: endpoints, asOf, failure } = read.value;
  return Response.json({ endpoints, asOf, ...(failure ? { failure } : {}) }, { headers: HEADERS });
}
