import { findExperiment, NO_STORE, refuse, viewExperiment } from "#app/api/experiments/read-experiment.ts";
import { liveExperiment } from "#app/api/live-experiments.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";

/** Closes every request of an experiment and sends no more. What came is kept; one that is over stays as it is. */
export async function POST(
  request: Request,
  context: { params: Promise<{ id: string }> },
): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const { id } = await context.params;
  // Before the database is asked: what costs money ends first.
  await liveExperiment(id)?.stop();
  const found = await findExperiment(id);
  if (!found.ok) return refuse(found.failure);
  const view = await viewExperiment(found.value.opened, found.value.experiment);
  return Response.json(view, { headers: NO_STORE });
}
