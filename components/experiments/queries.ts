import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { ExperimentSpec } from "#lib/experiment/experiment-spec.ts";
import {
  type ExperimentEntry,
  type ExperimentView,
  experimentListSchema,
  experimentViewSchema,
} from "#lib/experiment/experiment-view.ts";
import type { Failure, Result } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";

const refusalSchema = z.object({ failure: failureSchema });
const viewAnswerSchema = z.union([experimentViewSchema, refusalSchema]);
const listAnswerSchema = z.union([experimentListSchema, refusalSchema]);

/** How often an experiment is read while it runs, in ms: answers take seconds. */
const BUSY_MS = 600;
const LIST_BUSY_MS = 2_000;

const SILENT: Failure = {
  code: "unreachable",
  message: "The Sagescope server does not answer.",
  hint: "Check the terminal in which it runs, then try again.",
};

/** Every experiment, newest first. */
export const experimentsQuery = queryOptions({
  queryKey: ["experiments"],
  queryFn: async ({ signal }): Promise<Result<ExperimentEntry[]>> => {
    const response = await fetch("/api/experiments", { signal });
    const answer = listAnswerSchema.parse(await response.json());
    return "failure" in answer
      ? { ok: false, failure: answer.failure }
      : { ok: true, value: answer.experiments };
  },
  refetchInterval: ({ state: { data } }) =>
    data?.ok && data.value.some(({ status }) => status === "running") ? LIST_BUSY_MS : false,
});

/** One experiment with its cells. */
export function experimentQuery(id: string) {
  return queryOptions({
    queryKey: ["experiments", id],
    queryFn: async ({ signal }) =>
      readView(await fetch(`/api/experiments/${encodeURIComponent(id)}`, { signal })),
    refetchInterval: ({ state: { data } }) => (data?.ok && data.value.status === "running" ? BUSY_MS : false),
  });
}

/** Begins an experiment; answers with it. */
export function startExperiment(spec: ExperimentSpec): Promise<Result<ExperimentView>> {
  return change("/api/experiments", "POST", spec);
}

/** Stops an experiment; answers when nothing of it is open any more. */
export function stopExperiment(id: string): Promise<Result<ExperimentView>> {
  return change(`/api/experiments/${encodeURIComponent(id)}/stop`, "POST");
}

/** Goes on with what has no answer; with `failed` also with what failed. */
export function resumeExperiment(id: string, wish: { failed: boolean }): Promise<Result<ExperimentView>> {
  return change(`/api/experiments/${encodeURIComponent(id)}/resume`, "POST", wish);
}

/** Takes an experiment away; its runs stay in the history. */
export async function deleteExperiment(id: string): Promise<Failure | null> {
  try {
    const response = await fetch(`/api/experiments/${encodeURIComponent(id)}`, { method: "DELETE" });
    return response.ok ? null : refusalSchema.parse(await response.json()).failure;
  } catch {
    return SILENT;
  }
}

async function change(path: string, method: string, body: unknown = {}): Promise<Result<ExperimentView>> {
  try {
    const headers = { "content-type": "application/json" };
    return await readView(await fetch(path, { method, headers, body: JSON.stringify(body) }));
  } catch {
    return { ok: false, failure: SILENT };
  }
}

async function readView(response: Response): Promise<Result<ExperimentView>> {
  const answer = viewAnswerSchema.parse(await response.json());
  return "failure" in answer ? { ok: false, failure: answer.failure } : { ok: true, value: answer };
}
