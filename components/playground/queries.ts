import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { type FamilyRun, familySchema } from "#lib/conversation/family.ts";
import type { Failure, Result } from "#lib/failure.ts";
import { historyFailureSchema, templateListSchema } from "#lib/history/history-entry.ts";
import { type StoredAnswer, storedAnswerSchema } from "#lib/history/stored-answer.ts";
import { decodeEvent } from "#lib/run/event-lines.ts";
import type { InvokeRequest } from "#lib/run/invoke-request.ts";
import { probeRequests } from "#lib/run/probe.ts";
import { emptyRun, reduceRun } from "#lib/run/reduce-run.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";
import { judgeProbe, type ProbeAnswer, probeAnswer } from "#lib/score/log-prob-meaning.ts";
import { readLines } from "./read-lines.ts";

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

const keptSchema = z.union([z.object({ id: z.string() }), historyFailureSchema]);

const NOT_KEPT: Failure = { code: "unreachable", message: "Sagescope did not answer." };

/** Puts the text of a saved run into the history; answers its id there. */
export async function keepCapsule(text: string): Promise<Result<string>> {
  try {
    const response = await fetch("/api/runs", { method: "POST", body: text });
    const answer = keptSchema.parse(await response.json());
    return "failure" in answer ? { ok: false, failure: answer.failure } : { ok: true, value: answer.id };
  } catch {
    return { ok: false, failure: NOT_KEPT };
  }
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

/**
 * Asks twice, at two temperatures, and tells whether the log probabilities moved; null where the two answers have
 * nothing to compare. Each request is an invocation like any other and is written into the history.
 */
export async function probeEndpoint(
  asked: InvokeRequest,
): Promise<Result<"raw" | "after-temperature" | null>> {
  const answers: ProbeAnswer[] = [];
  for (const { temperature, request } of probeRequests(asked)) {
    const tokens = await askForTokens(request);
    if (!tokens.ok) return tokens;
    answers.push(probeAnswer(temperature, tokens.value));
  }
  const [cold, hot] = answers;
  return { ok: true, value: cold && hot ? judgeProbe(cold, hot) : null };
}

/** The tokens of one whole answer, alternatives that came late included. */
async function askForTokens(request: InvokeRequest): Promise<Result<TokenEvent[]>> {
  const headers = { "content-type": "application/json" };
  const response = await fetch("/api/invoke", { method: "POST", headers, body: JSON.stringify(request) });
  let run = emptyRun();
  for await (const lines of readLines(response.body)) {
    const events = lines.map(decodeEvent);
    run = reduceRun(
      run,
      events.flatMap((event) => (event.ok ? [event.value] : [])),
    );
  }
  return run.failure === null ? { ok: true, value: run.tokens } : { ok: false, failure: run.failure };
}
