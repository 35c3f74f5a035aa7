import { queryOptions } from "@tanstack/react-query";
import type { Plan } from "#lib/plan/plan.ts";
import type { CheckPlanAction } from "./steps.ts";

/** The account answers for a plan as it is; another plan is another question. */
export function preflightQuery(plan: Plan, check: CheckPlanAction) {
  return queryOptions({
    queryKey: ["preflight", plan],
    queryFn: () => check(plan),
    staleTime: 30_000,
    gcTime: 60_000,
  });
}
