"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Failure } from "#lib/failure.ts";

/** A run that was refused knows more of its endpoint than the cached list does: the list is read anew. */
export function useFreshEndpoints(failure: Failure | null): void {
  const queries = useQueryClient();
  const code = failure?.code;
  useEffect(() => {
    if (code === "not-found" || code === "not-ready") {
      void queries.invalidateQueries({ queryKey: ["endpoints"] });
    }
  }, [code, queries]);
}
