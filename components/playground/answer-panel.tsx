"use client";

import { useQueryStates } from "nuqs";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Failure } from "#lib/failure.ts";
import { hasNumbers, type RunState } from "#lib/run/reduce-run.ts";
import { AnswerCharts } from "./answer-charts.tsx";
import { AnswerText } from "./answer-text.tsx";
import { beatOf } from "./beat.ts";
import { EmptyAnswer } from "./empty-answer.tsx";
import { HeatLegend, heatOf } from "./heat-legend.tsx";
import { type ANSWER_VIEWS, answerLookSearchParams } from "./search-params.ts";
import { revealToken } from "./token-elements.ts";
import { TokenTable } from "./token-table.tsx";
import { WeakestSpans } from "./weakest-spans.tsx";
import { WireView } from "./wire-view.tsx";

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
  run: RunState;
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
  const [look, setLook] = useQueryStates(answerLookSearchParams, { history: "replace" });
  const [current, setCurrent] = useState<number | null>(null);
  const hasAlternatives = run.tokens.some(({ alternatives }) => alternatives !== undefined);
  const metric = heatOf(look.metric) === "on" || hasAlternatives ? look.metric : "probability";
  const isText = view === "text" || view === "tokens";
  const isOver = run.status === "finished" || run.status === "stopped" || run.status === "failed";
  const streaming = run.status === "streaming" || run.status === "connecting";
  const beat = beatOf(run);
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
      {view === "wire" ? (
        <WireView requestBody={run.requestBody} lines={run.rawLines} beat={beat} onReveal={onReveal} />
      ) : null}
      {view === "table" ? <TokenTable tokens={run.tokens} beat={beat} onReveal={onReveal} /> : null}
      {view === "tokens" ? (
        <HeatLegend
          metric={metric}
          onMetric={(next) => setLook({ metric: next })}
          hasAlternatives={hasAlternatives}
          marks={look}
          onMarks={setLook}
        />
      ) : null}
      {view === "text" && streaming && run.tokens.length > 0 ? <SpansToCome /> : null}
      {view === "text" && isOver ? (
        <WeakestSpans key={run.key} tokens={run.tokens} version={run.version} onReveal={revealToken} />
      ) : null}
      {isText ? (
        <Scroller
          version={run.tokens.length}
          runKey={run.key}
          roomy={run.failure === null}
          growing={!isOver}
          charted={view === "tokens" && hasNumbers(run)}
        >
          {run.tokens.length === 0 ? <Waiting run={run} onPick={onPick} /> : null}
          <AnswerText
            // Segments, and the card that is open, belong to one answer.
            key={run.key}
            tokens={run.tokens}
            count={run.tokens.length}
            revision={run.revision}
            streaming={streaming}
            look={{ ...look, heat: view === "tokens" ? heatOf(metric) : "off", marked: view === "tokens" }}
            onCurrent={setCurrent}
            onBranch={onBranch}
          />
        </Scroller>
      ) : null}
      {view === "tokens" ? (
        <AnswerCharts
          tokens={run.tokens}
          beat={beat}
          current={current}
          below={look.below}
          onBelow={(below) => setLook({ below })}
        />
      ) : null}
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
  if (run.status === "connecting" || run.status === "streaming") {
    return <p className="animate-pulse text-sm text-muted">Waiting for the first token…</p>;
  }
  if (run.status === "idle") return <EmptyAnswer onPick={onPick} />;
  return run.failure ? null : <p className="text-sm text-muted">The answer is empty.</p>;
}

/** How near to its end counts as reading along, in px. */
const NEAR = 48;

/** Follows the answer while its end is in sight, and lets go as soon as somebody scrolls up to read. */
function Scroller({
  version,
  runKey,
  roomy,
  growing,
  charted,
  children,
}: {
  version: number;
  runKey: number;
  /** Whether an empty answer keeps its room; a failure should stand at the top instead. */
  roomy: boolean;
  /** Whether more may come: what stands below should keep its place meanwhile. */
  growing: boolean;
  /** Whether pictures stand below it. */
  charted: boolean;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);

  // The external system is the scroll position, which only exists after layout.
  // biome-ignore lint/correctness/useExhaustiveDependencies: new tokens are the very reason to scroll.
  useLayoutEffect(() => {
    if (following && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [version, runKey, following]);

  return (
    <div className="relative">
      <div
        ref={box}
        className={classNames(
          "flex flex-col p-4 lg:overflow-y-auto",
          charted ? "lg:max-h-(--charted-answer-height)" : "lg:max-h-(--answer-height)",
          roomy && "lg:min-h-72",
          // Where the numbers stand beside it, an answer that comes has the window's height, like a sheet of paper.
          roomy && "motion-safe:transition-[min-height] motion-safe:duration-300",
          roomy &&
            growing &&
            (charted ? "2xl:min-h-(--charted-answer-height)" : "2xl:min-h-(--answer-height)"),
        )}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setFollowing(scrollHeight - scrollTop - clientHeight < NEAR);
        }}
      >
        {children}
      </div>
      {following ? null : (
        <Button
          size="small"
          look="primary"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full"
          onClick={() => setFollowing(true)}
        >
          Jump to the end ↓
        </Button>
      )}
    </div>
  );
}
