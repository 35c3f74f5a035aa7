import { liveRuns } from "#app/api/live-runs.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";

/** Stops a run that is under way, for everybody who follows it. One that is over stays as it is. */
export async function POST(
  request: Request,
  context: { params: Promise<{ id: string }> },
): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const live = liveRuns().find((await context.params).id);
  live?.stop();
  await live?.ended;
  return new Response(null, { status: 204 });
}
