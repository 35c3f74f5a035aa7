import { findExperiment, NO_STORE, refuse, viewExperiment } from "#app/api/experiments/read-experiment.ts";
import { liveExperiment } from "#app/api/live-experiments.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { deleteExperiment } from "#lib/db/experiments.ts";

export const dynamic = "force-dynamic";

type Context = { params: Promise<{ id: string }> };

/** One experiment with the state of each of its cells. */
export async function GET(request: Request, context: Context): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const found = await findExperiment((await context.params).id);
  if (!found.ok) return refuse(found.failure);
  const view = await viewExperiment(found.value.opened, found.value.experiment);
  return Response.json(view, { headers: NO_STORE });
}

/** Stops an experiment and takes it away. Its runs stay in the history. */
export async function DELETE(request: Request, context: Context): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const found = await findExperiment((await context.params).id);
  if (!found.ok) return refuse(found.failure);
  const { opened, experiment } = found.value;
  await liveExperiment(experiment.id)?.stop();
  await deleteExperiment(opened, experiment.id, new Date());
  return new Response(null, { status: 204 });
}
