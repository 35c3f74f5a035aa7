import { readLinesOfRuns } from "#lib/db/cell-lines.ts";
import type { Database } from "#lib/db/open-database.ts";
import { type CellReading, type RowReading, readCellRun, readRows } from "#lib/experiment/classification.ts";
import { classifyCells } from "#lib/experiment/classify-cells.ts";
import type { ClassifySpec } from "#lib/experiment/experiment-spec.ts";
import type { Cell } from "#lib/experiment/experiment-view.ts";
import { decodeEvent } from "#lib/run/event-lines.ts";

/** Readings that are kept, and runs whose lines are asked for at once. */
const MOST_KEPT = 20_000;
const BATCH = 200;

declare global {
  /** What runs that are over said, by run: it never changes, and a page asks for it every second. */
  var sagescopeReadings: Map<string, CellReading> | undefined;
}

/** Reads every answered cell once, and puts the rows together. */
export async function readClassification(
  opened: Database,
  spec: ClassifySpec,
  cells: readonly Cell[],
): Promise<RowReading[]> {
  globalThis.sagescopeReadings ??= new Map();
  const readings = globalThis.sagescopeReadings;
  const planned = classifyCells(spec);
  const unread = cells.filter(
    ({ state, runId }) => state === "done" && runId !== null && !readings.has(runId),
  );
  for (let from = 0; from < unread.length; from += BATCH) {
    const batch = unread.slice(from, from + BATCH);
    const lines = await readLinesOfRuns(
      opened,
      batch.flatMap(({ runId }) => (runId === null ? [] : [runId])),
    );
    for (const { runId, position } of batch) {
      const cell = planned[position];
      if (runId === null || cell === undefined) continue;
      readings.set(runId, readCellRun(cell, eventsOf(lines.get(runId) ?? ""), spec.labels));
    }
  }
  const read = cells.map(({ state, runId, answer, failure }) => {
    const reading = state === "done" && runId !== null ? (readings.get(runId) ?? null) : null;
    return { state, runId, answer, failure, reading };
  });
  // The oldest first, and never one that was just read.
  for (const runId of readings.keys()) {
    if (readings.size <= MOST_KEPT) break;
    readings.delete(runId);
  }
  return readRows(spec, planned, read);
}

function eventsOf(lines: string) {
  return lines.split("\n").flatMap((line) => {
    const event = line === "" ? null : decodeEvent(line);
    return event?.ok ? [event.value] : [];
  });
}
