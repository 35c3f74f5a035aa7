import { liveExperiment, workOnCells } from "#app/api/live-experiments.ts";
import { readCappedBody } from "#app/api/read-capped-body.ts";
import { refuseCrossSite } from "#app/api/refuse-cross-site.ts";
import { database } from "#lib/db/database.ts";
import {
  countCellStatuses,
  insertExperiment,
  listExperiments,
  type StoredExperiment,
} from "#lib/db/experiments.ts";
import type { ExperimentEntry } from "#lib/experiment/experiment-view.ts";
import { planCells } from "#lib/experiment/plan-cells.ts";
import { questionOf } from "#lib/experiment/question-of.ts";
import { progressFrom, statusOf } from "#lib/experiment/read-cells.ts";
import { parseExperiment } from "./parse-experiment.ts";
import { NO_STORE, refuse, viewExperiment } from "./read-experiment.ts";

export const dynamic = "force-dynamic";

/** A classification brings its texts along. */
const MAX_BODY_BYTES = 4 * 1_024 * 1_024;
const SHOWN = 100;

/** How much of a question a list shows, in characters. */
const EXCERPT = 300;

/** The newest experiments, without their cells. */
export async function GET(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const opened = await database();
  if (!opened.ok) return refuse(opened.failure);
  const stored = await listExperiments(opened.value, SHOWN);
  const counts = await countCellStatuses(
    opened.value,
    stored.map(({ id }) => id),
  );
  const experiments = stored.map((experiment) =>
    toEntry(
      experiment,
      counts.filter(({ experimentId }) => experimentId === experiment.id),
    ),
  );
  return Response.json({ experiments }, { headers: NO_STORE });
}

/** Begins an experiment. It goes on, whoever watches, until it is over or stopped. */
export async function POST(request: Request): Promise<Response> {
  const refusal = refuseCrossSite(request);
  if (refusal) return refusal;
  const text = await readCappedBody(request, MAX_BODY_BYTES);
  if (text === null) {
    return refuse({ code: "invalid", message: "The request is longer than four mebibytes." }, 413);
  }
  const parsed = parseExperiment(text);
  if (!parsed.ok) return refuse(parsed.failure);
  const opened = await database();
  // An answer that nobody could find again is not worth its cost: without a place to keep them none is asked for.
  if (!opened.ok) return refuse(opened.failure);
  const experiment = { id: crypto.randomUUID(), createdAt: new Date(), spec: parsed.value };
  await insertExperiment(opened.value, experiment);
  workOnCells(experiment, planCells(experiment.spec));
  const view = await viewExperiment(opened.value, experiment);
  return Response.json(view, { status: 201, headers: NO_STORE });
}

function toEntry(
  { id, createdAt, spec }: StoredExperiment,
  counts: Parameters<typeof progressFrom>[1],
): ExperimentEntry {
  const live = liveExperiment(id);
  const progress = progressFrom(planCells(spec).length, counts, live?.running.size ?? 0);
  return {
    id,
    createdAt: createdAt.getTime(),
    kind: spec.kind,
    endpointName: spec.request.endpointName,
    question: questionOf(spec.request).slice(0, EXCERPT),
    status: statusOf(progress, live !== undefined),
    progress,
  };
}
