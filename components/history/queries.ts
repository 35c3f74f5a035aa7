import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { Result } from "#lib/failure.ts";
import { type HistoryPage, historyFailureSchema, historyPageSchema } from "#lib/history/history-entry.ts";

/** What narrows the history; empty means everything. */
export type HistoryFilter = {
  search: string;
  endpoint: string;
  tag: string;
  starred: boolean;
  experiments: boolean;
};

const answerSchema = z.union([historyPageSchema, historyFailureSchema]);

/** The runs of the history, page by page. */
export function historyQuery(filter: HistoryFilter) {
  return infiniteQueryOptions({
    queryKey: ["history", filter],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }): Promise<Result<HistoryPage>> => {
      const query = new URLSearchParams(
        Object.entries({
          search: filter.search,
          endpoint: filter.endpoint,
          tag: filter.tag,
          starred: filter.starred ? "true" : "",
          experiments: filter.experiments ? "true" : "",
          before: pageParam,
        }).filter(([, value]) => value !== ""),
      );
      const response = await fetch(`/api/runs?${query}`, { signal });
      const answer = answerSchema.parse(await response.json());
      return "failure" in answer ? { ok: false, failure: answer.failure } : { ok: true, value: answer };
    },
    // The list stays while the next letter of a search is on its way.
    placeholderData: keepPreviousData,
    getNextPageParam: (last) => (last.ok ? last.value.next : null),
  });
}
