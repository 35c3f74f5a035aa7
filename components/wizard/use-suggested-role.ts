import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { suggestRole } from "./plan-store.ts";
import { rolesQuery } from "./queries.ts";
import type { DeployPlace } from "./steps.ts";

/**
 * Fills the account's only role in once it is known and a model is chosen, where the person named none. A role that
 * was taken out by hand stays out until another model is chosen.
 */
export function useSuggestedRole(modelId: string, { isLocal }: DeployPlace): void {
  const { data } = useQuery(rolesQuery);
  const roles = data?.ok ? data.value : [];
  const [role = ""] = roles.length === 1 || isLocal ? roles : [];

  // The external system is the account: its answer may come long after the plan was begun.
  useEffect(() => {
    if (modelId !== "" && role !== "") suggestRole(role);
  }, [modelId, role]);
}
