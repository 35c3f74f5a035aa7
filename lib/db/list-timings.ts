import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "./open-database.ts";
import { runs } from "./schema.ts";

/** Tokens and times (ms) of the latest runs of an endpoint that came to their end with one request. */
export async function listTimings(
  database: Database,
  endpointName: string,
  limit: number,
): Promise<{ tokens: number; elapsedMs: number | null; firstTokenMs: number | null }[]> {
  const { tokens, elapsedMs, firstTokenMs } = runs;
  return database
    .select({ tokens, elapsedMs, firstTokenMs })
    .from(runs)
    .where(
      and(
        eq(runs.endpointName, endpointName),
        eq(runs.status, "finished"),
        eq(runs.requests, 1),
        isNull(runs.deletedAt),
      ),
    )
    .orderBy(desc(runs.createdAt))
    .limit(limit);
}
