import "server-only";
import { eq, sql } from "drizzle-orm";
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

/** One run; fails with `not-found`. */
export async function getRun(database: Database, id: string): Promise<Result<StoredRun>> {
  const [row] = await database.select().from(runs).where(eq(runs.id, id));
  return row === undefined ? fail(GONE) : succeed(parseStoredRun(row));
}

/** Writes stars, tags and notes; what is absent stays. Fails with `not-found`. */
export async function markRun(database: Database, id: string, marks: RunMarks): Promise<Result<StoredRun>> {
  const [row] = await database.update(runs).set(marks).where(eq(runs.id, id)).returning();
  return row === undefined ? fail(GONE) : succeed(parseStoredRun(row));
}

/** Forgets a run and its lines. One that is gone already is no failure. */
export async function deleteRun(database: Database, id: string): Promise<void> {
  await database.delete(runs).where(eq(runs.id, id));
}

/** Every tag in use, with the number of runs that carry it, most used first. */
export async function listTags(database: Database): Promise<{ tag: string; runs: number }[]> {
  const tag = sql<string>`unnest(${runs.tags})`;
  const named = database
    .select({ tag: tag.as("tag") })
    .from(runs)
    .as("named");
  const rows = await database
    .select({ tag: named.tag, runs: sql<number>`count(*)::int`.as("amount") })
    .from(named)
    .groupBy(named.tag)
    .orderBy(sql`amount desc`, named.tag);
  return rows;
}
