import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import {
  type DeploymentView,
  deploymentEntrySchema,
  deploymentViewSchema,
} from "#lib/deploy/deployment-view.ts";
import { isTransitional } from "#lib/endpoint/status.ts";
import type { Result } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";

const answerSchema = z.union([deploymentViewSchema, z.object({ failure: failureSchema })]);
const listSchema = z.union([
  z.object({ deployments: z.array(deploymentEntrySchema) }),
  z.object({ failure: failureSchema }),
]);

const BUSY_MS = 1_000;
const SETTLED_MS = 15_000;

export type LogLine = DeploymentView["log"]["lines"][number];

/** What was read of the log so far is added to by each look, which asks only for what is new. */
export type DeploymentLook = { view: DeploymentView; lines: readonly LogLine[] };

export function isUnderWay({ deployment, status }: DeploymentView): boolean {
  if (deployment.state === "running") return true;
  return deployment.state === "accepted" && (status === null || isTransitional(status));
}

/** One deployment, live. A deployment that is not there is a failure, not an exception. */
export function deploymentQuery(id: string) {
  const queryKey = ["deployments", id];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Result<DeploymentLook>> => {
      const before = client.getQueryData<Result<DeploymentLook>>(queryKey);
      const read = before?.ok ? before.value : null;
      const cursor = read?.view.log.cursor ?? null;
      const since = cursor === null ? "" : `?since=${cursor}`;
      const response = await fetch(`/api/deployments/${encodeURIComponent(id)}${since}`, { signal });
      const answer = answerSchema.parse(await response.json());
      if ("failure" in answer) return { ok: false, failure: answer.failure };
      return { ok: true, value: { view: answer, lines: join(read?.lines ?? [], answer.log.lines) } };
    },
    refetchInterval: (query) =>
      query.state.data?.ok && !isUnderWay(query.state.data.value.view) ? SETTLED_MS : BUSY_MS,
  });
}

/** The newest deployments of this server. */
export const deploymentsQuery = queryOptions({
  queryKey: ["deployments"],
  queryFn: async ({ signal }) => {
    const response = await fetch("/api/deployments", { signal });
    const answer = listSchema.parse(await response.json());
    return "failure" in answer ? [] : answer.deployments;
  },
});

function join(lines: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const known = new Set(lines.map(({ id }) => id));
  const added = more.filter(({ id }) => !known.has(id));
  return added.length === 0 ? lines : [...lines, ...added];
}
