import "server-only";
import { asc, inArray } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { runLines } from "./schema.ts";

/** The event lines of several runs at once, by run; a run without any is not among them. */
export async function readLinesOfRuns(
  database: Database,
  runIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (runIds.length === 0) return found;
  const rows = await database
    .select({ runId: runLines.runId, lines: runLines.lines })
    .from(runLines)
    .where(inArray(runLines.runId, [...runIds]))
    .orderBy(asc(runLines.runId), asc(runLines.sequence));
  for (const { runId, lines } of rows) found.set(runId, (found.get(runId) ?? "") + lines);
  return found;
}
