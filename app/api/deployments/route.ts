import { httpStatus } from "#app/api/http-status.ts";
import { liveProgress } from "#app/api/live-deployments.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { database } from "#lib/db/database.ts";
import { listDeployments } from "#lib/db/deployments.ts";
import { deploymentEntrySchema } from "#lib/deploy/deployment-view.ts";

export const dynamic = "force-dynamic";

const HEADERS = { "Cache-Control": "no-store" };
const SHOWN = 50;

/** The newest deployments, without their plans. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const opened = await database();
  if (!opened.ok) {
    const status = httpStatus(opened.failure.code);
    return Response.json({ failure: opened.failure }, { status, headers: HEADERS });
  }
  const stored = await listDeployments(opened.value, SHOWN);
  const deployments = stored.map((deployment) =>
    deploymentEntrySchema.parse({
      ...deployment,
      createdAt: deployment.createdAt.getTime(),
      ...(liveProgress(deployment.id) ?? deployment.progress),
    }),
  );
  return Response.json({ deployments }, { headers: HEADERS });
}
