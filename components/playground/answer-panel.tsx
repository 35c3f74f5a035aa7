"use client";

import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { FailureNotice } from "#components/ui/failure-notice.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { hasNumbers, type RunState } from "#lib/run/reduce-run.ts";
import type { Metric } from "#lib/score/metric-bands.ts";
import { AnswerCharts } from "./answer-charts.tsx";
import { AnswerText } from "./answer-text.tsx";
import { EmptyAnswer } from "./empty-answer.tsx";
import { HeatLegend, heatOf } from "./heat-legend.tsx";
import { revealToken } from "./reveal-token.ts";
import type { ANSWER_VIEWS } from "./search-params.ts";
import { TokenTable } from "./token-table.tsx";
import { WireView } from "./wire-view.tsx";

type View = (typeof ANSWER_VIEWS)[number];

const VIEWS = [
  { value: "text", label: "Text" },
  { value: "table", label: "Table" },
  { value: "wire", label: "Wire" },
] as const;

/** How often pictures of a growing answer are drawn anew. */
const BEAT_MS = 250;

/** The answer in three views: running text with its heatmap, a table, and the wire's own lines. */
export function AnswerPanel({
  run,
  view,
  onView,
  onContinue,
  onRetry,
  onStop,
  onPick,
  handOver,
}: {
  run: RunState;
  view: View;
  onView: (view: View) => void;
  onContinue: () => void;
  onRetry: () => void;
  onStop: () => void;
  /** An example was chosen as the prompt. */
  onPick: (prompt: string) => void;
  /** What can be done with a run that is over. */
  handOver: ReactNode;
}) {
  const [chosen, setMetric] = useState<Metric>("probability");
  const [current, setCurrent] = useState<number | null>(null);
  const hasAlternatives = run.tokens.some(({ alternatives }) => alternatives !== undefined);
  const metric = heatOf(chosen) === "on" || hasAlternatives ? chosen : "probability";
  const streaming = run.status === "streaming" || run.status === "connecting";
  return (
    <Panel
      title="Answer"
      className={classNames("min-w-0", !hasNumbers(run) && "2xl:col-span-2")}
      bodyClassName=""
      aside={
        <div className="flex flex-wrap items-center justify-end gap-1">
          {streaming ? (
            // Narrow pages scroll to the answer; the form's own Stop is out of sight there.
            <Button size="small" className="lg:hidden" onClick={onStop}>
              Stop
            </Button>
          ) : null}
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
      {view === "wire" ? <WireView requestBody={run.requestBody} lines={run.rawLines} /> : null}
      {view === "table" ? <TokenTable tokens={run.tokens} count={run.tokenCount} /> : null}
      {view === "text" ? (
        <>
          <HeatLegend metric={metric} onMetric={setMetric} hasAlternatives={hasAlternatives} />
          <Scroller
            version={run.tokens.length}
            runKey={run.key}
            roomy={run.failure === null}
            charted={hasNumbers(run)}
          >
            {run.tokens.length === 0 ? <Waiting run={run} onPick={onPick} /> : null}
            <AnswerText
              // Segments, and the card that is open, belong to one answer.
              key={run.key}
              tokens={run.tokens}
              count={run.tokens.length}
              streaming={streaming}
              heat={heatOf(metric)}
              onCurrent={setCurrent}
            />
          </Scroller>
          <AnswerCharts
            tokens={run.tokens}
            beat={streaming ? Math.floor((run.elapsed ?? 0) / BEAT_MS) : -run.version}
            current={current}
            onPick={revealToken}
          />
        </>
      ) : null}
      {run.failure ? (
        <div className="p-4 pt-0">
          <FailureNotice
            failure={run.failure}
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
  charted,
  children,
}: {
  version: number;
  runKey: number;
  /** Whether an empty answer keeps its room; a failure should stand at the top instead. */
  roomy: boolean;
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
          // Where the numbers stand beside the answer, it takes the window's height like a sheet of paper.
          roomy && "lg:min-h-72",
          roomy && (charted ? "2xl:min-h-(--charted-answer-height)" : "2xl:min-h-(--answer-height)"),
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
