import { findExperiment, NO_STORE, refuse, viewExperiment } from "#app/api/experiments/read-experiment.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { readClassification } from "./read-classification.ts";

export const dynamic = "force-dynamic";

/** The rows of a classification with what the model said of every label, as far as they are answered. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const found = await findExperiment((await context.params).id);
  if (!found.ok) return refuse(found.failure);
  const { opened, experiment } = found.value;
  if (experiment.spec.kind !== "classify") {
    return refuse({ code: "invalid", message: "This experiment classifies nothing." });
  }
  const { cells } = await viewExperiment(opened, experiment);
  const rows = await readClassification(opened, experiment.spec, cells);
  return Response.json({ rows }, { headers: NO_STORE });
}
