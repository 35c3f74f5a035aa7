"use client";

import { useEffect, useEffectEvent } from "react";
import { useRun } from "#components/playground/use-run.ts";
import type { RunState } from "#lib/run/reduce-run.ts";

/** The run of a cell as it comes, or as the history has it. */
export function useCellRun(runId: string | null): RunState {
  const { run, open } = useRun();
  // The external system is the server's log of the run, which is followed from its first line on.
  const follow = useEffectEvent((id: string) => open([{ runId: id, from: null }]));
  useEffect(() => {
    if (runId !== null) follow(runId);
  }, [runId]);
  return run;
}
