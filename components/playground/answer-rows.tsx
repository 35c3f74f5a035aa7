"use client";

import type { RunState } from "#lib/run/reduce-run.ts";
import type { RunStore } from "./run-store.ts";
import { TokenTable } from "./token-table.tsx";
import { useRunOnBeat } from "./use-run.ts";
import { WireView } from "./wire-view.tsx";

/** The answer row by row: a table of its tokens, or the lines of the wire. */
export function AnswerRows({
  run: shown,
  store,
  view,
  onReveal,
}: {
  run: RunState;
  store: RunStore;
  view: "table" | "wire";
  onReveal: (index: number) => void;
}) {
  const run = useRunOnBeat(store, shown);
  if (view === "table") return <TokenTable tokens={run.tokens} version={run.version} onReveal={onReveal} />;
  return (
    <WireView requestBody={run.requestBody} lines={run.rawLines} version={run.version} onReveal={onReveal} />
  );
}
