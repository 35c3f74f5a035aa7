import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { Result } from "#lib/failure.ts";
import { failureSchema } from "#lib/failure-schema.ts";

const rolesSchema = z.union([z.object({ roles: z.array(z.string()) }), z.object({ failure: failureSchema })]);

/** ARNs of the account's roles that SageMaker may assume: IAM may take seconds, and nothing else waits for it. */
export const rolesQuery = queryOptions({
  queryKey: ["execution-roles"],
  queryFn: async ({ signal }): Promise<Result<string[]>> => {
    const response = await fetch("/api/roles", { signal });
    const answer = rolesSchema.parse(await response.json());
    return "roles" in answer ? { ok: true, value: answer.roles } : { ok: false, failure: answer.failure };
  },
  staleTime: 60_000,
});
