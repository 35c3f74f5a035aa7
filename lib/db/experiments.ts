import "server-only";
import { and, asc, count, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { type ExperimentSpec, experimentSpecSchema } from "#lib/experiment/experiment-spec.ts";
import type { CellRun } from "#lib/experiment/read-cells.ts";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { Database } from "./open-database.ts";
import { experiments, runs } from "./schema.ts";
import { parseRunOutcome, type RunOutcome } from "./stored-run.ts";

const cellCountSchema = z.object({
  experimentId: z.string(),
  status: z.enum(["running", "finished", "failed", "stopped", "interrupted"]),
  cells: z.number(),
});

/** So many cells of an experiment whose latest run has this status. */
type CellCount = z.infer<typeof cellCountSchema>;

export type StoredExperiment = { id: string; createdAt: Date; spec: ExperimentSpec };

/** Writes an experiment down before any of its runs is sent. */
export async function insertExperiment(database: Database, experiment: StoredExperiment): Promise<void> {
  await database.insert(experiments).values(experiment);
}

/** One experiment; fails with `not-found`. */
export async function getExperiment(database: Database, id: string): Promise<Result<StoredExperiment>> {
  const [row] = await database
    .select()
    .from(experiments)
    .where(and(eq(experiments.id, id), isNull(experiments.deletedAt)));
  if (row === undefined) {
    return fail({
      code: "not-found",
      message: "There is no such experiment.",
      hint: "It was deleted, or belongs to another database. Its runs, if any, are in the history.",
    });
  }
  return succeed(parseRow(row));
}

/** The newest experiments first, at most `limit`. */
export async function listExperiments(database: Database, limit: number): Promise<StoredExperiment[]> {
  const rows = await database
    .select()
    .from(experiments)
    .where(isNull(experiments.deletedAt))
    .orderBy(desc(experiments.createdAt), experiments.id)
    .limit(limit);
  return rows.map(parseRow);
}

/** Takes an experiment away. Its runs stay in the history. One that is gone already is no failure. */
export async function deleteExperiment(database: Database, id: string, now: Date): Promise<void> {
  await database.update(experiments).set({ deletedAt: now }).where(eq(experiments.id, id));
}

/** The latest run of each cell of an experiment that has one. */
export async function listCellRuns(database: Database, experimentId: string): Promise<CellRun[]> {
  // Without the requests: each would bring the whole prompt once more, and a page asks often.
  const { id, status, finishReason, failure, generatedText, tokens, requests, elapsedMs, firstTokenMs } =
    runs;
  const { confidence, countedTokens, jointLogProb, meanLogProb, bitsPerByte, experimentCell } = runs;
  const rows = await database
    .selectDistinctOn([experimentCell], {
      ...{ id, status, finishReason, failure, generatedText, tokens, requests, elapsedMs, firstTokenMs },
      ...{ confidence, countedTokens, jointLogProb, meanLogProb, bitsPerByte, experimentCell },
    })
    .from(runs)
    .where(and(eq(runs.experimentId, experimentId), isNotNull(runs.experimentCell), isNull(runs.deletedAt)))
    .orderBy(asc(runs.experimentCell), desc(runs.createdAt), desc(runs.id));
  return rows.map((row) => toCellRun(parseRunOutcome(row)));
}

/** How many cells of each experiment have a latest run with which status. */
export async function countCellStatuses(
  database: Database,
  experimentIds: readonly string[],
): Promise<CellCount[]> {
  if (experimentIds.length === 0) return [];
  const { experimentId, experimentCell } = runs;
  const latest = database
    .selectDistinctOn([experimentId, experimentCell], { experimentId, status: runs.status })
    .from(runs)
    .where(and(inArray(experimentId, [...experimentIds]), isNotNull(experimentCell), isNull(runs.deletedAt)))
    .orderBy(asc(experimentId), asc(experimentCell), desc(runs.createdAt), desc(runs.id))
    .as("latest");
  const rows = await database
    .select({ experimentId: latest.experimentId, status: latest.status, cells: count() })
    .from(latest)
    .groupBy(latest.experimentId, latest.status);
  return z.array(cellCountSchema).parse(rows);
}

function parseRow({ id, createdAt, spec }: typeof experiments.$inferSelect): StoredExperiment {
  return { id, createdAt, spec: experimentSpecSchema.parse(spec) };
}

function toCellRun(run: RunOutcome): CellRun {
  return { ...run, position: run.experimentCell ?? 0 };
}
