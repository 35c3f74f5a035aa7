import "server-only";
import { asc, inArray, sql } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { runs } from "./schema.ts";
import { parseStoredRun, type StoredRun } from "./stored-run.ts";

/**
 * Every run that came from the same first one as this, itself included, oldest first; empty where there is no such
 * run. A deleted run still holds its family together and is itself left out.
 */
export async function listFamily(database: Database, id: string): Promise<StoredRun[]> {
  // UNION, not UNION ALL: a circle of parents, which there cannot be, would end here, too.
  const family = sql`(
    WITH RECURSIVE ancestors AS (
      SELECT id, parent_id FROM runs WHERE id = ${id}
      UNION SELECT runs.id, runs.parent_id FROM runs JOIN ancestors ON runs.id = ancestors.parent_id
    ), family AS (
      SELECT id FROM ancestors
      UNION SELECT runs.id FROM runs JOIN family ON runs.parent_id = family.id
    ) SELECT id FROM family)`;
  const rows = await database
    .select()
    .from(runs)
    .where(inArray(runs.id, family))
    .orderBy(asc(runs.createdAt), asc(runs.id));
  return rows.filter(({ deletedAt }) => deletedAt === null).map(parseStoredRun);
}
