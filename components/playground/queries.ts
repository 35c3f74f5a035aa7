import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import type { Failure, Result } from "#lib/failure.ts";
import { historyFailureSchema, templateListSchema } from "#lib/history/history-entry.ts";
import { type StoredAnswer, storedAnswerSchema } from "#lib/history/stored-answer.ts";

const runAnswerSchema = z.union([storedAnswerSchema, historyFailureSchema]);

/** Longer than anybody continues an answer; a circle of runs, which there cannot be, would end here, too. */
const LONGEST_CHAIN = 100;

/**
 * A run of the history with the runs that it goes on from, the first one first: together they are one answer.
 */
export function storedRunQuery(id: string) {
  return queryOptions({
    queryKey: ["run", id],
    queryFn: async ({ signal }): Promise<Result<StoredAnswer[]>> => {
      const chain: StoredAnswer[] = [];
      let next: string | null = id;
      while (next !== null && chain.length < LONGEST_CHAIN) {
        const found: StoredAnswer | Failure = await readRun(next, signal);
        // An earlier part that was deleted does not take the later ones along.
        if ("code" in found)
          return chain.length === 0 ? { ok: false, failure: found } : { ok: true, value: chain };
        chain.unshift(found);
        next = found.run.origin?.kind === "continue" ? found.run.parentId : null;
      }
      return { ok: true, value: chain };
    },
    // A run is opened once; what it says does not change behind the page's back.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

async function readRun(id: string, signal: AbortSignal): Promise<StoredAnswer | Failure> {
  const response = await fetch(`/api/runs/${encodeURIComponent(id)}`, { signal });
  const answer = runAnswerSchema.parse(await response.json());
  return "failure" in answer ? answer.failure : answer;
}

const templatesAnswerSchema = z.union([templateListSchema, historyFailureSchema]);

export type PromptTemplate = z.infer<typeof templateListSchema>["templates"][number];

/** Every prompt template, by name. */
export const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: async ({ signal }): Promise<Result<PromptTemplate[]>> => {
    const response = await fetch("/api/templates", { signal });
    const answer = templatesAnswerSchema.parse(await response.json());
    return "failure" in answer
      ? { ok: false, failure: answer.failure }
      : { ok: true, value: answer.templates };
  },
});
