"use client";

import { useQueryStates } from "nuqs";
import { useCallback, useState } from "react";
import { hasNumbers, type RunState } from "#lib/run/reduce-run.ts";
import { AnswerCharts } from "./answer-charts.tsx";
import { AnswerScroller } from "./answer-scroller.tsx";
import { AnswerText, type TextLook } from "./answer-text.tsx";
import { EmptyAnswer } from "./empty-answer.tsx";
import { HeatLegend, heatOf } from "./heat-legend.tsx";
import type { RunStore } from "./run-store.ts";
import { isComing, samePictures } from "./sample-run.ts";
import { answerLookSearchParams } from "./search-params.ts";
import { revealToken } from "./token-elements.ts";
import { useLiveRun, useRunOnBeat } from "./use-run.ts";
import { WeakestSpans } from "./weakest-spans.tsx";

/** The answer as running text: bare with its weakest spans, or with the colour of every token and its pictures. */
export function AnswerFlow({
  run: shown,
  store,
  hasHeat,
  onPick,
  onBranch,
}: {
  run: RunState;
  store: RunStore;
  hasHeat: boolean;
  onPick: (prompt: string) => void;
  onBranch: ((index: number, text: string) => void) | null;
}) {
  const [look, setLook] = useQueryStates(answerLookSearchParams, { history: "replace" });
  const [current, setCurrent] = useState<number | null>(null);
  const setBelow = useCallback((below: number) => void setLook({ below }), [setLook]);
  const run = useRunOnBeat(store, shown, samePictures);
  const hasAlternatives = run.tokens.some(({ alternatives }) => alternatives !== undefined);
  const metric = heatOf(look.metric) === "on" || hasAlternatives ? look.metric : "probability";
  return (
    <>
      {hasHeat ? (
        <HeatLegend
          metric={metric}
          onMetric={(next) => setLook({ metric: next })}
          hasAlternatives={hasAlternatives}
          marks={look}
          onMarks={setLook}
        />
      ) : (
        <Spans run={run} />
      )}
      <GrowingText
        run={shown}
        store={store}
        look={{ ...look, heat: hasHeat ? heatOf(metric) : "off", marked: hasHeat }}
        onPick={onPick}
        onCurrent={setCurrent}
        onBranch={onBranch}
      />
      {hasHeat ? (
        <AnswerCharts
          tokens={run.tokens}
          version={run.version}
          current={current}
          below={look.below}
          onBelow={setBelow}
        />
      ) : null}
    </>
  );
}

/** All that is drawn again with every frame in which something comes. */
function GrowingText({
  run: shown,
  store,
  look,
  onPick,
  onCurrent,
  onBranch,
}: {
  run: RunState;
  store: RunStore;
  look: TextLook;
  onPick: (prompt: string) => void;
  onCurrent: (index: number | null) => void;
  onBranch: ((index: number, text: string) => void) | null;
}) {
  const run = useLiveRun(store, shown);
  const streaming = isComing(run);
  return (
    <AnswerScroller
      version={run.tokens.length}
      runKey={run.key}
      roomy={run.failure === null}
      growing={streaming || run.status === "idle"}
      charted={look.marked && hasNumbers(run)}
    >
      {run.tokens.length === 0 ? <Waiting run={run} onPick={onPick} /> : null}
      <AnswerText
        // Segments, and the card that is open, belong to one answer.
        key={run.key}
        tokens={run.tokens}
        count={run.tokens.length}
        revision={run.revision}
        streaming={streaming}
        look={look}
        onCurrent={onCurrent}
        onBranch={onBranch}
      />
    </AnswerScroller>
  );
}

function Spans({ run }: { run: RunState }) {
  if (isComing(run)) return run.tokens.length > 0 ? <SpansToCome /> : null;
  if (run.status === "idle") return null;
  return <WeakestSpans key={run.key} tokens={run.tokens} version={run.version} onReveal={revealToken} />;
}

/** Keeps the place of the list, so that the text does not jump when the answer is over. */
function SpansToCome() {
  return (
    <p className="border-b border-line px-4 py-3 text-xs text-muted">
      The weakest words, numbers, names and sentences are listed here when the answer is over. Tokens shows
      every token in colour as it comes.
    </p>
  );
}

function Waiting({ run, onPick }: { run: RunState; onPick: (prompt: string) => void }) {
  if (isComing(run)) {
    return <p className="animate-pulse text-sm text-muted">Waiting for the first token…</p>;
  }
  if (run.status === "idle") return <EmptyAnswer onPick={onPick} />;
  return run.failure ? null : <p className="text-sm text-muted">The answer is empty.</p>;
}
