/** How a run of an experiment ended. */
export type CellEnd = "done" | "failed" | "stopped";

/** `gave-up`: so many runs failed one after another that the rest would, too. */
export type CellsEnd = "completed" | "stopped" | "gave-up";

/** An endpoint that refuses this often in a row refuses everybody. */
const MOST_FAILURES_IN_A_ROW = 5;

/**
 * Runs what an experiment lacks, `concurrency` cells at once and never more. When `signal` aborts, no further cell
 * begins and those under way are told by the same signal; the promise settles when all of them have ended.
 */
export async function runCells<Cell>({
  cells,
  concurrency,
  run,
  signal,
}: {
  cells: readonly Cell[];
  concurrency: number;
  /** Runs one cell. Expected trouble is an end, not an exception. */
  run: (cell: Cell, signal: AbortSignal) => Promise<CellEnd>;
  signal: AbortSignal;
}): Promise<CellsEnd> {
  const waiting = [...cells];
  let failuresInARow = 0;

  function hasGivenUp(): boolean {
    return failuresInARow >= MOST_FAILURES_IN_A_ROW;
  }

  async function lane(): Promise<void> {
    while (!signal.aborted && !hasGivenUp()) {
      const cell = waiting.shift();
      if (cell === undefined) return;
      const end = await run(cell, signal);
      failuresInARow = end === "failed" ? failuresInARow + 1 : 0;
    }
  }

  await Promise.all(Array.from({ length: concurrency }, lane));
  if (signal.aborted) return "stopped";
  return hasGivenUp() && waiting.length > 0 ? "gave-up" : "completed";
}
