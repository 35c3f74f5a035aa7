import "server-only";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { Database } from "./open-database.ts";
import { runs } from "./schema.ts";
import { parseStoredRun, type StoredRun } from "./stored-run.ts";

/** What a person may write on a run. */
export type RunMarks = { starred?: boolean; tags?: string[]; notes?: string };

const GONE = {
  code: "not-found",
  message: "This run is no longer in the history.",
  hint: "It was deleted, perhaps in another window. Reload the history.",
} as const;

/** The run with this id, unless it was deleted. */
function present(id: string) {
  return and(eq(runs.id, id), isNull(runs.deletedAt));
}

/** One run; fails with `not-found`. */
export async function getRun(database: Database, id: string): Promise<Result<StoredRun>> {
  const [row] = await database.select().from(runs).where(present(id));
  return row === undefined ? fail(GONE) : succeed(parseStoredRun(row));
}

/** Writes stars, tags and notes; what is absent stays. Fails with `not-found`. */
export async function markRun(database: Database, id: string, marks: RunMarks): Promise<Result<StoredRun>> {
  const [row] = await database.update(runs).set(marks).where(present(id)).returning();
  return row === undefined ? fail(GONE) : succeed(parseStoredRun(row));
}

/** How long a deletion can be taken back, in ms: longer than any page shows the way back. */
const REGRET_MS = 60 * 60_000;

/**
 * Takes a run out of the history; `restoreRun` brings it back. Those whose time for that is over are then gone for
 * good, lines and all. A run that is gone already is no failure.
 */
export async function deleteRun(database: Database, id: string, now: Date): Promise<void> {
  await database.update(runs).set({ deletedAt: now }).where(eq(runs.id, id));
  await database.delete(runs).where(lt(runs.deletedAt, new Date(now.getTime() - REGRET_MS)));
}

/** Takes a deletion back. Fails with `not-found` where the run is gone for good. */
export async function restoreRun(database: Database, id: string): Promise<Result<StoredRun>> {
  const [row] = await database.update(runs).set({ deletedAt: null }).where(eq(runs.id, id)).returning();
  return row === undefined ? fail(GONE) : succeed(parseStoredRun(row));
}

/** Every tag in use, with the number of runs that carry it, most used first. */
export async function listTags(database: Database): Promise<{ tag: string; runs: number }[]> {
  const tag = sql<string>`unnest(${runs.tags})`;
  const named = database
    .select({ tag: tag.as("tag") })
    .from(runs)
    .where(isNull(runs.deletedAt))
    .as("named");
  const rows = await database
    .select({ tag: named.tag, runs: sql<number>`count(*)::int`.as("amount") })
    .from(named)
    .groupBy(named.tag)
    .orderBy(sql`amount desc`, named.tag);
  return rows;
}
