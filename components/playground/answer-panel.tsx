"use client";

import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Failure } from "#lib/failure.ts";
import type { RunState } from "#lib/run/reduce-run.ts";
import { AnswerFlow } from "./answer-flow.tsx";
import { AnswerRows } from "./answer-rows.tsx";
import type { RunStore } from "./run-store.ts";
import { isComing } from "./sample-run.ts";
import type { ANSWER_VIEWS } from "./search-params.ts";

type View = (typeof ANSWER_VIEWS)[number];

const VIEWS = [
  { value: "text", label: "Text" },
  { value: "tokens", label: "Tokens" },
  { value: "table", label: "Table" },
  { value: "wire", label: "Wire" },
] as const;

/** The answer in four views: text with its weakest spans, every token coloured, a table, and the wire's own lines. */
export function AnswerPanel({
  run,
  store,
  failure,
  view,
  onView,
  onContinue,
  onRetry,
  onStop,
  onPick,
  onReveal,
  onBranch,
  stall,
  walk,
  handOver,
}: {
  /** As of the last change that is more than further tokens. */
  run: RunState;
  store: RunStore;
  /** The run's, with whatever helps to look into it. */
  failure: Failure | null;
  view: View;
  onView: (view: View) => void;
  onContinue: () => void;
  onRetry: () => void;
  onStop: () => void;
  /** An example was chosen as the prompt. */
  onPick: (prompt: string) => void;
  /** A token is to be looked at in the text. */
  onReveal: (index: number) => void;
  /** Goes on from a token with another text in its place; null where that cannot be. */
  onBranch: ((index: number, text: string) => void) | null;
  /** Says that nothing comes, while that is so. */
  stall: ReactNode;
  /** The answers beside this one, and one more. */
  walk: ReactNode;
  /** What can be done with a run that is over. */
  handOver: ReactNode;
}) {
  const streaming = isComing(run);
  return (
    <Panel
      title="Answer"
      className="min-w-0"
      bodyClassName=""
      aside={
        <div className="flex flex-wrap items-center justify-end gap-1">
          {streaming ? (
            // Narrow pages scroll to the answer; the form's own Stop is out of sight there.
            <Button size="small" className="lg:hidden" onClick={onStop}>
              Stop
            </Button>
          ) : null}
          {walk}
          {streaming || run.generatedText === "" ? null : (
            <>
              <CopyButton text={() => run.generatedText} label="Copy text" />
              {handOver}
            </>
          )}
          <Segmented label="View of the answer" options={VIEWS} value={view} onChange={onView} />
        </div>
      }
    >
      {view === "text" || view === "tokens" ? (
        <AnswerFlow run={run} store={store} hasHeat={view === "tokens"} onPick={onPick} onBranch={onBranch} />
      ) : (
        <AnswerRows run={run} store={store} view={view} onReveal={onReveal} />
      )}
      {stall}
      {failure ? (
        <div className="p-4 pt-0">
          <FailureNotice
            failure={failure}
            action={
              <>
                <Button onClick={onRetry}>Run again</Button>
                {run.generatedText === "" ? null : (
                  <Button onClick={onContinue}>Continue from what came</Button>
                )}
              </>
            }
          />
        </div>
      ) : null}
    </Panel>
  );
}
