import { httpStatus } from "#app/api/http-status.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { sharedExecutionRoles } from "#lib/aws/list-execution-roles.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };

/** ARNs of the roles that SageMaker may assume. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const roles = await sharedExecutionRoles();
  if (roles.ok) return Response.json({ roles: roles.value }, { headers: HEADERS });
  const status = httpStatus(roles.failure.code);
  return Response.json({ failure: roles.failure }, { status, headers: HEADERS });
}
