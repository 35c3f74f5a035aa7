import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { classificationSchema, type RowReading } from "#lib/experiment/classification.ts";
import type { Result } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";

const answerSchema = z.union([classificationSchema, z.object({ failure: failureSchema })]);

/** How often the rows are read while they come, in ms. */
const BUSY_MS = 1_000;

/** The rows of a classification. `progress` is read again when it changes: the last rows come with the end. */
export function classificationQuery(id: string, isRunning: boolean, progress: string) {
  return queryOptions({
    queryKey: ["classification", id, isRunning ? "running" : progress],
    queryFn: async ({ signal }): Promise<Result<RowReading[]>> => {
      const response = await fetch(`/api/experiments/${encodeURIComponent(id)}/classification`, { signal });
      const answer = answerSchema.parse(await response.json());
      return "failure" in answer ? { ok: false, failure: answer.failure } : { ok: true, value: answer.rows };
    },
    refetchInterval: isRunning ? BUSY_MS : false,
    placeholderData: keepPreviousData,
  });
}
