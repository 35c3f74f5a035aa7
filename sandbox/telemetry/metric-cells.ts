import { z } from "zod";
import { parseJson } from "../json.ts";
import { copyStats, type GrowingStats, growStats, type Stats } from "./stats.ts";

/** A metric as CloudWatch identifies it; dimensions in the order of their names. */
export type Series = {
  readonly region: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
};

/** What a series held in one period that begins at `start` (milliseconds) and lasts `seconds`. */
export type Cell = { readonly start: number; readonly seconds: number; readonly stats: Stats };

type Column = { series: Series; unit: string; cells: Map<string, Cell & { stats: GrowingStats }> };

const lineSchema = z.object({
  r: z.string(),
  n: z.string(),
  m: z.string(),
  d: z.array(z.tuple([z.string(), z.string()])),
  u: z.string(),
  t: z.number(),
  p: z.number(),
  s: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  v: z.array(z.tuple([z.number(), z.number()])).nullable(),
});

// CloudWatch's own retention: fine periods for 3 hours, minutes for 15 days, 5 minutes for 63 days.
const COARSER = [
  { olderThan: 63 * 86_400_000, seconds: 3600 },
  { olderThan: 15 * 86_400_000, seconds: 300 },
  { olderThan: 3 * 3_600_000, seconds: 60 },
];
const KEPT = 455 * 86_400_000;

export type MetricCells = {
  /** Adds what came at a moment, in periods of so many seconds. */
  add(series: Series, unit: string, seconds: number, at: number, stats: Stats): void;
  /** Every series of a region with its unit and the moment of its last period (milliseconds). */
  list(region: string): { series: Series; unit: string; lastAt: number }[];
  /** The periods that begin in [from, to), oldest first, and the series' unit; undefined for an unknown series. */
  read(series: Series, from: number, to: number): { unit: string; cells: Cell[] } | undefined;
  /** Lines with what was added since the last call, each a part that `load` adds again. */
  takeChanges(): string[];
  /** Lines with everything, old periods merged to coarser ones; at most `limit` periods, the newest. */
  compact(now: number, limit: number): string[];
  load(lines: readonly string[]): void;
  clear(): void;
};

/** No metrics at all. */
export function createMetricCells(): MetricCells {
  let columns = new Map<string, Column>();
  let changes = new Map<string, Column>();

  function addTo(target: Map<string, Column>, series: Series, unit: string, cell: Cell): void {
    const key = JSON.stringify([series.region, series.namespace, series.name, series.dimensions]);
    const column = target.get(key) ?? { series, unit, cells: new Map() };
    target.set(key, column);
    const slot = `${cell.start}/${cell.seconds}`;
    const there = column.cells.get(slot);
    // A copy at its first value and none after that: a period may see thousands.
    if (there === undefined) column.cells.set(slot, { ...cell, stats: copyStats(cell.stats) });
    else growStats(there.stats, cell.stats);
  }

  function load(lines: readonly string[]): void {
    for (const line of lines) {
      const parsed = parseLine(line);
      if (parsed !== undefined) addTo(columns, parsed.series, parsed.unit, parsed.cell);
    }
  }

  return {
    add(series, unit, seconds, at, stats) {
      const cell = { start: startOf(at, seconds), seconds, stats };
      addTo(columns, series, unit, cell);
      addTo(changes, series, unit, cell);
    },
    list: (region) =>
      [...columns.values()]
        .filter((column) => column.series.region === region)
        .map(({ series, unit, cells }) => ({ series, unit, lastAt: lastOf(cells) })),
    read(series, from, to) {
      const column = columns.get(
        JSON.stringify([series.region, series.namespace, series.name, series.dimensions]),
      );
      if (column === undefined) return undefined;
      const cells = [...column.cells.values()].filter(({ start }) => start >= from && start < to);
      return { unit: column.unit, cells: cells.toSorted((left, right) => left.start - right.start) };
    },
    takeChanges() {
      const lines = linesOf(changes);
      changes = new Map();
      return lines;
    },
    compact(now, limit) {
      const coarse = new Map<string, Column>();
      const all = [...columns.values()].flatMap((column) =>
        [...column.cells.values()].map((cell) => ({ column, cell })),
      );
      const newest = all
        .filter(({ cell }) => now - cell.start < KEPT)
        .toSorted((left, right) => right.cell.start - left.cell.start)
        .slice(0, limit);
      for (const { column, cell } of newest) addTo(coarse, column.series, column.unit, coarser(cell, now));
      columns = coarse;
      changes = new Map();
      return linesOf(columns);
    },
    load,
    clear() {
      columns = new Map();
      changes = new Map();
    },
  };
}

/** The start of the period that a moment lies in (milliseconds). */
export function startOf(at: number, seconds: number): number {
  return Math.floor(at / (seconds * 1000)) * seconds * 1000;
}

function coarser(cell: Cell, now: number): Cell {
  const seconds = COARSER.find(({ olderThan }) => now - cell.start > olderThan)?.seconds ?? cell.seconds;
  return seconds <= cell.seconds ? cell : { ...cell, start: startOf(cell.start, seconds), seconds };
}

function lastOf(cells: ReadonlyMap<string, Cell>): number {
  return [...cells.values()].reduce((last, { start }) => Math.max(last, start), 0);
}

function linesOf(columns: ReadonlyMap<string, Column>): string[] {
  return [...columns.values()].flatMap(({ series, unit, cells }) =>
    [...cells.values()].map(({ start, seconds, stats }) => {
      const { sum, count, min, max, values } = stats;
      return JSON.stringify({
        r: series.region,
        n: series.namespace,
        m: series.name,
        d: series.dimensions,
        u: unit,
        t: start,
        p: seconds,
        s: [sum, count, min, max],
        v: values === null ? null : [...values],
      });
    }),
  );
}

function parseLine(line: string): { series: Series; unit: string; cell: Cell } | undefined {
  const parsed = lineSchema.safeParse(parseJson(line));
  // Measurements are not worth refusing to start: a line that is damaged is a gap.
  if (!parsed.success) return undefined;
  const { r, n, m, d, u, t, p, s, v } = parsed.data;
  const [sum, count, min, max] = s;
  return {
    series: { region: r, namespace: n, name: m, dimensions: d },
    unit: u,
    cell: { start: t, seconds: p, stats: { sum, count, min, max, values: v === null ? null : new Map(v) } },
  };
}
