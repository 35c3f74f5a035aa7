import { join } from "node:path";
import { openLineFile } from "./line-file.ts";
import { createLogLines, type LogLines } from "./log-lines.ts";
import { createMetricCells, type MetricCells } from "./metric-cells.ts";

/** What really happened: measurements and lines of logs, in memory and shortly after on the disk. */
export type Telemetry = {
  readonly metrics: Pick<MetricCells, "add" | "list" | "read">;
  readonly lines: Pick<LogLines, "add" | "read" | "remove">;
  clear(): void;
  close(): void;
};

// A state folder stays below some 50 MB, and a start below half a second.
const MOST_CELLS = 60_000;
const MOST_CHARACTERS = 16_000_000;
const LINES_BEFORE_REWRITE = 40_000;
const DELAY_MS = 400;

/**
 * Opens the telemetry of a state folder. Nothing waits for the disk: a kill loses what came in the last half
 * second, a torn line is dropped. Throws an `Error` of the file system where the folder cannot be written.
 */
export function openTelemetry(folder: string, fresh: boolean, now: () => number): Telemetry {
  const metrics = createMetricCells();
  const lines = createLogLines();
  const metricFile = openLineFile(join(folder, "metrics.jsonl"), fresh);
  const lineFile = openLineFile(join(folder, "log-lines.jsonl"), fresh);
  metrics.load(metricFile.lines);
  lines.load(lineFile.lines);
  let written = 0;
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;
  rewrite();

  function rewrite(): void {
    metricFile.file.replace(metrics.compact(now(), MOST_CELLS));
    lineFile.file.replace(lines.compact(MOST_CHARACTERS));
    written = 0;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const [cells, texts] = [metrics.takeChanges(), lines.takeChanges()];
    metricFile.file.append(cells);
    lineFile.file.append(texts);
    written += cells.length + texts.length;
    if (written > LINES_BEFORE_REWRITE) rewrite();
  }

  function soon(): void {
    // An answer may end after the program's end began; nobody would read what it measured.
    if (isOpen) timer ??= setTimeout(flush, DELAY_MS).unref();
  }

  return {
    metrics: {
      ...metrics,
      add(...added) {
        metrics.add(...added);
        soon();
      },
    },
    lines: {
      ...lines,
      add(line) {
        lines.add(line);
        soon();
      },
      remove(fits) {
        const removed = lines.remove(fits);
        if (removed) rewrite();
        return removed;
      },
    },
    clear() {
      metrics.clear();
      lines.clear();
      rewrite();
    },
    close() {
      flush();
      isOpen = false;
      metricFile.file.close();
      lineFile.file.close();
    },
  };
}
