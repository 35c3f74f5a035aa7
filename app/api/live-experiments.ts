import { keepRefusal, type RunKeeping, startRun } from "#app/api/start-run.ts";
import type { StoredExperiment } from "#lib/db/experiments.ts";
import type { PlannedCell } from "#lib/experiment/plan-cells.ts";
import { type CellEnd, runCells } from "#lib/experiment/run-cells.ts";
import type { LiveRun } from "#lib/history/live-runs.ts";
import type { RunSummary } from "#lib/history/summarize-run.ts";

type LiveExperiment = {
  /** The ids of the runs under way, by the position of their cell. */
  running: Map<number, string>;
  /** Closes every request to the endpoint; settles when all of them are over and written down. */
  stop: () => Promise<void>;
};

declare global {
  /** Experiments that this process is at, by id, however many bundles this module is part of. */
  var sagescopeExperiments: Map<string, LiveExperiment> | undefined;
}

function live(): Map<string, LiveExperiment> {
  globalThis.sagescopeExperiments ??= new Map();
  return globalThis.sagescopeExperiments;
}

/** What this process is at of an experiment. */
export function liveExperiment(id: string): LiveExperiment | undefined {
  return live().get(id);
}

/**
 * Sets to work on these cells of an experiment, and returns at once; nothing happens where this process is at it
 * already. Every cell is an ordinary run: written down as it comes, and in the history like any other.
 */
export function workOnCells({ id, spec }: StoredExperiment, cells: readonly PlannedCell[]): void {
  if (live().has(id) || cells.length === 0) return;
  const stopper = new AbortController();
  const running = new Map<number, string>();
  const runs = new Set<LiveRun>();
  stopper.signal.addEventListener("abort", () => {
    for (const run of runs) run.stop();
  });
  const over = runCells({
    cells,
    concurrency: spec.concurrency,
    signal: stopper.signal,
    async run({ position, request }, signal): Promise<CellEnd> {
      const run = await begin(request, { lonelyMs: null, cell: { experimentId: id, position } });
      running.set(position, run.id);
      runs.add(run);
      // Stopped while the endpoint was looked up: the request must not go out after all.
      if (signal.aborted) run.stop();
      const summary = await run.ended;
      runs.delete(run);
      running.delete(position);
      return endOf(summary);
    },
  }).finally(() => live().delete(id));
  // A bug of ours in one cell must not become a rejection that nobody handles: it is told to the terminal.
  over.catch((error) =>
    process.emitWarning(error instanceof Error ? error : "An experiment failed for an unknown reason."),
  );
  live().set(id, {
    running,
    async stop() {
      stopper.abort();
      await over;
    },
  });
}

async function begin(request: PlannedCell["request"], keeping: RunKeeping): Promise<LiveRun> {
  const run = await startRun(request, keeping);
  return run.ok ? run.value : keepRefusal(request, run.failure, keeping);
}

function endOf({ status }: RunSummary): CellEnd {
  if (status === "finished") return "done";
  return status === "failed" ? "failed" : "stopped";
}
