import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { ExperimentView } from "#lib/experiment/experiment-view.ts";
import { progressWords, STATUS_BADGES } from "./experiment-words.ts";
import { ProgressBar } from "./progress-bar.tsx";

/** How far an experiment is, and the ways to stop it and to go on. */
export function ProgressPanel({
  view: { status, progress, cells },
  busy,
  onStop,
  onResume,
}: {
  view: ExperimentView;
  busy: boolean;
  onStop: () => void;
  onResume: (wish: { failed: boolean }) => void;
}) {
  const left = progress.waiting + progress.stopped;
  const { tone, label } = STATUS_BADGES[status];
  const trouble = cells.find(({ state, failure }) => state === "failed" && failure !== null)?.failure ?? null;
  return (
    <Panel bodyClassName="space-y-3 p-4">
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
        <Badge tone={tone} pulse={status === "running"}>
          {label}
        </Badge>
        <p role="status" className="text-sm tabular-nums">
          {progressWords(progress)}
        </p>
        <div className="ml-auto flex flex-wrap gap-2">
          {status === "running" ? (
            <Button look="warning" onClick={onStop} disabled={busy}>
              {busy ? "Stopping…" : "Stop all"}
            </Button>
          ) : null}
          {status !== "running" && left > 0 ? (
            <Button look="primary" onClick={() => onResume({ failed: false })} disabled={busy}>
              Resume the other {left}
            </Button>
          ) : null}
          {status !== "running" && progress.failed > 0 ? (
            <Button onClick={() => onResume({ failed: true })} disabled={busy}>
              {left > 0 ? "Resume, failed ones too" : `Send the ${progress.failed} failed again`}
            </Button>
          ) : null}
        </div>
      </div>
      <ProgressBar progress={progress} />
      {status === "stopped" ? (
        <p className="text-xs text-muted">
          What came is kept. Resuming sends only what has no answer; a run that was stopped half-way begins
          anew and its first part stays in the history.
        </p>
      ) : null}
      {trouble ? (
        <p className="text-sm text-danger">
          {progress.failed === 1 ? "One run failed" : `${progress.failed} runs failed`}, the first with:{" "}
          {trouble}
        </p>
      ) : null}
    </Panel>
  );
}
