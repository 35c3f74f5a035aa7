import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { type EndpointDetail, endpointDetailSchema, endpointListSchema } from "#lib/endpoint/endpoint.ts";
import { isTransitional } from "#lib/endpoint/status.ts";
import { type Outlook, outlookSchema } from "#lib/experiment/pace.ts";
import type { Result } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";

const listAnswerSchema = z.extend(endpointListSchema, { failure: z.optional(failureSchema) });
export type EndpointsAnswer = z.infer<typeof listAnswerSchema>;

const detailAnswerSchema = z.union([
  z.object({ endpoint: endpointDetailSchema, failure: z.optional(failureSchema) }),
  z.object({ failure: failureSchema }),
]);

/** While something changes the page asks often; the server decides how often AWS is asked. */
const BUSY_MS = 1_500;
const SETTLED_MS = 10_000;

/** Every endpoint of the account and region. */
export const endpointsQuery = queryOptions({
  queryKey: ["endpoints"],
  queryFn: async ({ signal }) => {
    const response = await fetch("/api/endpoints", { signal });
    return listAnswerSchema.parse(await response.json());
  },
  refetchInterval: (query) =>
    query.state.data?.endpoints.some((endpoint) => isTransitional(endpoint.status)) ? BUSY_MS : SETTLED_MS,
});

/** One endpoint with what hangs on it; an endpoint that is gone is a failure, not an exception. */
export function endpointQuery(name: string) {
  return queryOptions({
    queryKey: ["endpoints", name],
    queryFn: async ({ signal }): Promise<Result<EndpointDetail>> => {
      const response = await fetch(`/api/endpoints/${encodeURIComponent(name)}`, { signal });
      const answer = detailAnswerSchema.parse(await response.json());
      return "endpoint" in answer
        ? { ok: true, value: answer.endpoint }
        : { ok: false, failure: answer.failure };
    },
    refetchInterval: (query) =>
      query.state.data?.ok && isTransitional(query.state.data.value.status) ? BUSY_MS : SETTLED_MS,
  });
}

/** How fast an endpoint was and what it costs. */
export function outlookQuery(endpointName: string) {
  return queryOptions({
    queryKey: ["outlook", endpointName],
    queryFn: async ({ signal }): Promise<Outlook> => {
      const response = await fetch(`/api/endpoints/${encodeURIComponent(endpointName)}/outlook`, { signal });
      return outlookSchema.parse(await response.json());
    },
  });
}
