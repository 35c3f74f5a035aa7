import { httpStatus } from "#app/api/http-status.ts";
import { liveExperiment } from "#app/api/live-experiments.ts";
import { database } from "#lib/db/database.ts";
import { getExperiment, listCellRuns, type StoredExperiment } from "#lib/db/experiments.ts";
import type { Database } from "#lib/db/open-database.ts";
import type { ExperimentView } from "#lib/experiment/experiment-view.ts";
import { planCells } from "#lib/experiment/plan-cells.ts";
import { countCells, readCells, statusOf } from "#lib/experiment/read-cells.ts";
import { type Failure, type Result, succeed } from "#lib/failure.ts";

export const NO_STORE = { "Cache-Control": "no-store" };

/** A failure as an answer of its own. */
export function refuse(failure: Failure, status = httpStatus(failure.code)): Response {
  return Response.json({ failure }, { status, headers: NO_STORE });
}

/** The experiment with this id, and the database that has it. */
export async function findExperiment(
  id: string,
): Promise<Result<{ opened: Database; experiment: StoredExperiment }>> {
  const opened = await database();
  if (!opened.ok) return opened;
  const found = await getExperiment(opened.value, id);
  return found.ok ? succeed({ opened: opened.value, experiment: found.value }) : found;
}

/** An experiment as it stands now: what was wanted, and what came of each cell. */
export async function viewExperiment(
  opened: Database,
  { id, createdAt, spec }: StoredExperiment,
): Promise<ExperimentView> {
  const before = new Map(liveExperiment(id)?.running);
  const runs = await listCellRuns(opened, id);
  const live = liveExperiment(id);
  // Under way before or after the database was asked: what began or ended meanwhile is not taken for lost.
  const cells = readCells(planCells(spec), runs, new Map([...before, ...(live?.running ?? [])]));
  const progress = countCells(cells);
  return {
    id,
    createdAt: createdAt.getTime(),
    spec,
    status: statusOf(progress, live !== undefined),
    progress,
    cells,
  };
}
