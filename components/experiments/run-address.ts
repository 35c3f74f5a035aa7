import type { Route } from "next";
import type { Cell } from "#lib/experiment/experiment-view.ts";

/** Where the run of a cell is looked at: in the playground, also while it comes. */
export function runAddress({ endpointName, runId }: Pick<Cell, "endpointName" | "runId">): Route {
  const query = new URLSearchParams({ endpoint: endpointName, run: runId ?? "" });
  return `/playground?${query}`;
}
