import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { getConnection } from "#lib/aws/get-connection.ts";

export const dynamic = "force-dynamic";

/** Account, region and hosts for the top bar. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  return refusal ?? Response.json(await getConnection(), { headers: { "Cache-Control": "no-store" } });
}
