import type { RunSummary } from "#lib/history/summarize-run.ts";
import type { Cell, CellState, ExperimentStatus, Progress } from "./experiment-view.ts";
import type { PlannedCell } from "./plan-cells.ts";

/** The latest run of a cell, as the history has it. */
export type CellRun = Omit<RunSummary, "status"> & {
  position: number;
  id: string;
  status: RunSummary["status"] | "running";
};

/** How much of an answer a table shows, in characters. */
const EXCERPT = 200;

/**
 * The cells of an experiment as they stand. `live` holds the runs that this server is at, by position: a run that
 * says it is running and is not among them died with an earlier server.
 */
export function readCells(
  planned: readonly PlannedCell[],
  runs: readonly CellRun[],
  live: ReadonlyMap<number, string>,
): Cell[] {
  const known = new Map(runs.map((run) => [run.position, run]));
  const answerNumbers = new Map<string, number>();
  return planned.map(({ position, sample, request }) => {
    const runId = live.get(position);
    const found = known.get(position);
    // The run under way may not be written down yet: an earlier one of this cell is not it.
    const run = runId !== undefined && found?.id !== runId ? undefined : found;
    const state = runId === undefined ? stateOf(run) : "running";
    const text = run?.generatedText ?? "";
    return {
      position,
      sample,
      endpointName: request.endpointName,
      temperature: request.parameters.temperature ?? null,
      seed: request.parameters.seed ?? null,
      state,
      runId: runId ?? run?.id ?? null,
      answer: text.slice(0, EXCERPT),
      characters: text.length,
      answerNumber: state === "done" ? numberOf(text.trim(), answerNumbers) : null,
      tokens: run?.tokens ?? 0,
      score: state === "running" || run === undefined ? null : scoreOf(run),
      finishReason: run?.finishReason ?? null,
      failure: run?.failure?.message ?? null,
      elapsedMs: run?.elapsedMs ?? null,
      firstTokenMs: run?.firstTokenMs ?? null,
    };
  });
}

/** How many cells are in which state. */
export function countCells(cells: readonly Pick<Cell, "state">[]): Progress {
  const count = (state: CellState) => cells.filter((cell) => cell.state === state).length;
  return {
    total: cells.length,
    waiting: count("waiting"),
    running: count("running"),
    done: count("done"),
    failed: count("failed"),
    stopped: count("stopped"),
  };
}

/** The same from how many cells have a latest run with which status; `running` are those this server is at. */
export function progressFrom(
  total: number,
  counts: readonly { status: CellRun["status"]; cells: number }[],
  running: number,
): Progress {
  const count = (status: CellRun["status"]) =>
    counts.filter((one) => one.status === status).reduce((sum, { cells }) => sum + cells, 0);
  const done = count("finished");
  const failed = count("failed");
  // What says it is running and is not, died with an earlier server; a cell under way may have failed before.
  const stopped = Math.max(0, count("stopped") + count("interrupted") + count("running") - running);
  return {
    total,
    done,
    failed,
    running,
    stopped,
    waiting: Math.max(0, total - done - failed - running - stopped),
  };
}

/** `isLive`: this server is at it. */
export function statusOf({ waiting, stopped, running }: Progress, isLive: boolean): ExperimentStatus {
  if (isLive || running > 0) return "running";
  return waiting + stopped > 0 ? "stopped" : "finished";
}

/** What is left to do: everything without an answer, those that failed only where that is wished. */
export function unfinished<One extends Pick<Cell, "state">>(
  cells: readonly One[],
  { failed }: { failed: boolean },
): One[] {
  return cells.filter(
    ({ state }) => state === "waiting" || state === "stopped" || (failed && state === "failed"),
  );
}

function stateOf(run: CellRun | undefined): CellState {
  switch (run?.status) {
    case undefined:
      return "waiting";
    case "finished":
      return "done";
    case "failed":
      return "failed";
    default:
      return "stopped";
  }
}

function scoreOf({ countedTokens, jointLogProb, meanLogProb, bitsPerByte }: CellRun): Cell["score"] {
  if (jointLogProb === null || meanLogProb === null || countedTokens === 0) return null;
  return { countedTokens, jointLogProb, meanLogProb, bitsPerByte };
}

function numberOf(text: string, numbers: Map<string, number>): number {
  const known = numbers.get(text);
  if (known !== undefined) return known;
  numbers.set(text, numbers.size + 1);
  return numbers.size;
}
