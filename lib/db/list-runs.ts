import "server-only";
import { and, arrayContains, desc, eq, ilike, isNull, lt, or, type SQL } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { runs } from "./schema.ts";
import { parseStoredRun, type StoredRun } from "./stored-run.ts";

/** Every wish narrows the list; `before` is the last run of the page before. */
export type RunFilter = {
  search?: string | undefined;
  endpointName?: string | undefined;
  tag?: string | undefined;
  starred?: boolean | undefined;
  /** Also the runs of experiments, which would bury all others: without it only where something is looked for. */
  withExperiments?: boolean | undefined;
  before?: { createdAt: Date; id: string } | undefined;
  limit: number;
};

/**
 * Runs, newest first, and whether there are more. The search looks for the words, whatever their case, in
 * prompt, answer and notes.
 */
export async function listRuns(
  database: Database,
  filter: RunFilter,
): Promise<{ runs: StoredRun[]; more: boolean }> {
  const rows = await database
    .select()
    .from(runs)
    .where(and(...conditionsOf(filter)))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(filter.limit + 1);
  return {
    runs: rows.slice(0, filter.limit).map(parseStoredRun),
    more: rows.length > filter.limit,
  };
}

function conditionsOf(filter: RunFilter): (SQL | undefined)[] {
  const { search, endpointName, tag, starred, withExperiments, before } = filter;
  const words = (search ?? "").split(/\s+/).filter((word) => word !== "");
  // Whoever looks for something finds it wherever it is.
  const isSearch = words.length > 0 || tag !== undefined || starred === true;
  return [
    isNull(runs.deletedAt),
    ...words.map((word) => {
      const pattern = `%${word.replace(/[\\%_]/g, "\\$&")}%`;
      return or(
        ilike(runs.promptText, pattern),
        ilike(runs.generatedText, pattern),
        ilike(runs.notes, pattern),
      );
    }),
    endpointName ? eq(runs.endpointName, endpointName) : undefined,
    tag ? arrayContains(runs.tags, [tag]) : undefined,
    starred === true ? eq(runs.starred, true) : undefined,
    withExperiments === true || isSearch ? undefined : or(isNull(runs.experimentId), eq(runs.starred, true)),
    // Two runs may begin in the same millisecond: the id decides, as in the order.
    before
      ? or(
          lt(runs.createdAt, before.createdAt),
          and(eq(runs.createdAt, before.createdAt), lt(runs.id, before.id)),
        )
      : undefined,
  ];
}
