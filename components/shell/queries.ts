import { queryOptions } from "@tanstack/react-query";
import { connectionSchema } from "#lib/endpoint/connection.ts";

/** Where this server's calls go: account, region, hosts. */
export const connectionQuery = queryOptions({
  queryKey: ["connection"],
  queryFn: async ({ signal }) => {
    const response = await fetch("/api/connection", { signal });
    return connectionSchema.parse(await response.json());
  },
  staleTime: 60_000,
  refetchInterval: (query) => (query.state.data?.failure ? 10_000 : 120_000),
});
