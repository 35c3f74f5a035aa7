"use client";

import { type ReactNode, useMemo, useState } from "react";
import type { RunState } from "#lib/run/reduce-run.ts";
import { fromCumulative, looksCumulative } from "#lib/score/cumulative.ts";

/**
 * The run as it is to be looked at: with running sums turned into each token's own number, where a person says so.
 * `offer` says that the numbers look like such sums, once the answer is there.
 */
export function useConvertedRun(run: RunState): { shown: RunState; offer: ReactNode } {
  const [converted, setConverted] = useState<number | null>(null);
  const isOver = run.status === "finished" || run.status === "stopped" || run.status === "failed";
  const isOffered = useMemo(() => isOver && looksCumulative(run.tokens), [isOver, run]);
  const isConverted = isOffered && converted === run.key;
  const shown = useMemo(
    // Half a key: what was drawn of the run as it came is drawn anew.
    () => (isConverted ? { ...run, key: run.key + 0.5, tokens: fromCumulative(run.tokens) } : run),
    [isConverted, run],
  );
  const offer = isOffered ? (
    <div className="rounded-lg bg-warn-soft p-2 text-xs">
      <p>
        These numbers look cumulative: each is lower than the one before, as sums that run through the answer
        are. Then confidence and colours say nothing.
      </p>
      <label className="mt-1 inline-flex items-center gap-2 font-medium">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={isConverted}
          onChange={(event) => setConverted(event.target.checked ? run.key : null)}
        />
        Convert to each token's own
      </label>
    </div>
  ) : null;
  return { shown, offer };
}
