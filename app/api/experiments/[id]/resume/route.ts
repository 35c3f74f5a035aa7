import * as z from "zod/mini";
import { findExperiment, NO_STORE, refuse, viewExperiment } from "#app/api/experiments/read-experiment.ts";
import { explain } from "#app/api/explain-schema.ts";
import { workOnCells } from "#app/api/live-experiments.ts";
import { readCappedBody } from "#app/api/read-capped-body.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { planCells } from "#lib/experiment/plan-cells.ts";
import { unfinished } from "#lib/experiment/read-cells.ts";

const MAX_BODY_BYTES = 1_024;

const bodySchema = z.strictObject({
  /** Send also those again that failed. */
  failed: z._default(z.boolean(), false),
});

/** Goes on with the cells that have no answer. Those that have one are not asked again. */
export async function POST(
  request: Request,
  context: { params: Promise<{ id: string }> },
): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const text = await readCappedBody(request, MAX_BODY_BYTES);
  const parsed = bodySchema.safeParse(parseJson(text || "{}"), { reportInput: true });
  if (!parsed.success) return refuse(explain(parsed.error));
  const found = await findExperiment((await context.params).id);
  if (!found.ok) return refuse(found.failure);
  const { opened, experiment } = found.value;
  const before = await viewExperiment(opened, experiment);
  const left = new Set(unfinished(before.cells, parsed.data).map(({ position }) => position));
  workOnCells(
    experiment,
    planCells(experiment.spec).filter(({ position }) => left.has(position)),
  );
  return Response.json(await viewExperiment(opened, experiment), { headers: NO_STORE });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
