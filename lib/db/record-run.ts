import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import type { RunSummary } from "#lib/history/summarize-run.ts";
import type { Database } from "./open-database.ts";
import { runLines, runs } from "./schema.ts";
import type { RunConnection, RunContainer, StoredRun } from "./stored-run.ts";

export type NewRun = Pick<
  StoredRun,
  "id" | "createdAt" | "endpointName" | "request" | "promptText" | "parentId" | "origin"
> & {
  connection: RunConnection;
  container: RunContainer | null;
  tags?: string[];
  /** The experiment and cell that it runs. */
  experimentId?: string;
  experimentCell?: number;
};

/** Writes down that a run has begun, before anything is sent. */
export async function startRun(database: Database, run: NewRun): Promise<void> {
  await database.insert(runs).values({ ...run, promptText: storable(run.promptText), status: "running" });
}

/** Adds event lines to a run that is under way; `sequence` counts up from 0. */
export async function appendRunLines(
  database: Database,
  runId: string,
  sequence: number,
  lines: string,
): Promise<void> {
  await appending(database).execute({ runId, sequence, lines });
}

const prepared = new WeakMap<Database, ReturnType<typeof prepareAppending>>();

/** Put into words once: this one is sent while tokens pass, and building its SQL would hold them up. */
function appending(database: Database) {
  const known = prepared.get(database) ?? prepareAppending(database);
  prepared.set(database, known);
  return known;
}

function prepareAppending(database: Database) {
  return database
    .insert(runLines)
    .values({
      runId: sql.placeholder("runId"),
      sequence: sql.placeholder("sequence"),
      lines: sql.placeholder("lines"),
    })
    .prepare("append_run_lines");
}

/**
 * Writes down how a run ended, together with all of its event lines in one row: a reader then needs one read,
 * and a kill in between leaves either the pieces or the whole.
 */
export async function finishRun(
  database: Database,
  runId: string,
  summary: RunSummary,
  lines: string,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.delete(runLines).where(eq(runLines.runId, runId));
    await transaction.insert(runLines).values({ runId, sequence: 0, lines });
    await transaction
      .update(runs)
      .set({ ...summary, generatedText: storable(summary.generatedText) })
      .where(eq(runs.id, runId));
  });
}

/** The event lines of a run, in order; empty where there are none. */
export async function readRunLines(database: Database, runId: string): Promise<string> {
  const rows = await database
    .select({ lines: runLines.lines })
    .from(runLines)
    .where(eq(runLines.runId, runId))
    .orderBy(runLines.sequence);
  return rows.map(({ lines }) => lines).join("");
}

/** Marks as interrupted what still says `running` and began before `begun`; answers how many those were. */
export async function markInterrupted(database: Database, begun: Date): Promise<number> {
  const marked = await database
    .update(runs)
    .set({ status: "interrupted" })
    .where(and(eq(runs.status, "running"), lt(runs.createdAt, begun)))
    .returning({ id: runs.id });
  return marked.length;
}

/** PostgreSQL's text takes neither NUL nor half a surrogate pair; the event lines keep both, as escapes. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\u2400");
}
