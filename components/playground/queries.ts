import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { type FamilyRun, familySchema } from "#lib/conversation/family.ts";
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
        const kind = found.run.origin?.kind;
        next = kind === "continue" || kind === "branch" ? found.run.parentId : null;
      }
      return { ok: true, value: chain };
    },
    // What was asked does not change behind the page's back, and how it ended comes with the events.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const familyAnswerSchema = z.union([familySchema, historyFailureSchema]);

/** How often a family is read while one of its runs is under way, in ms. */
const FAMILY_MS = 3_000;

/** Every run that came from the same first one as this, oldest first; none before it is in the history. */
export function familyQuery(runId: string, isRunning: boolean) {
  return queryOptions({
    // Read anew when the run begins and when it is over.
    queryKey: ["family", runId, isRunning],
    queryFn: async ({ signal }): Promise<FamilyRun[]> => {
      const response = await fetch(`/api/runs/${encodeURIComponent(runId)}/family`, { signal });
      const answer = familyAnswerSchema.parse(await response.json());
      return "failure" in answer ? [] : answer.runs;
    },
    refetchInterval: isRunning ? FAMILY_MS : false,
    placeholderData: keepPreviousData,
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
