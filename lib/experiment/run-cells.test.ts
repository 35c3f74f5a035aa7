import { describe, expect, test } from "vitest";
import { type CellEnd, runCells } from "./run-cells.ts";

type Started = { cell: number; end: (end: CellEnd) => void };

/** Cells that end when the test says so, or, stopped, by themselves. */
function createCells() {
  const started: Started[] = [];
  const open = new Set<number>();
  let mostOpen = 0;
  async function run(cell: number, signal: AbortSignal): Promise<CellEnd> {
    open.add(cell);
    mostOpen = Math.max(mostOpen, open.size);
    const end = await new Promise<CellEnd>((resolve) => {
      started.push({ cell, end: resolve });
      signal.onabort = () => {
        for (const { end } of started) end("stopped");
      };
    });
    open.delete(cell);
    return end;
  }
  async function endNext(end: CellEnd = "done") {
    started.shift()?.end(end);
    // A lane takes its next cell a few turns later.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { run, endNext, open, started, mostOpen: () => mostOpen };
}

const NEVER = new AbortController().signal;

describe("cells of an experiment", () => {
  test("all run, never more at once than wanted, in their order", async () => {
    const cells = createCells();
    const order = Array.from({ length: 100 }, (_, cell) => cell);
    const ran: number[] = [];
    const over = runCells({
      cells: order,
      concurrency: 4,
      signal: NEVER,
      run: (cell, signal) => {
        ran.push(cell);
        return cells.run(cell, signal);
      },
    });
    expect([...cells.open]).toEqual([0, 1, 2, 3]);
    for (let ended = 0; ended < 100; ended += 1) await cells.endNext();
    expect(await over).toBe("completed");
    expect(ran).toEqual(order);
    expect(cells.mostOpen()).toBe(4);
  });

  test("stop at once: those under way are told, and no other begins", async () => {
    const cells = createCells();
    const stopper = new AbortController();
    const over = runCells({
      cells: [0, 1, 2, 3, 4, 5],
      concurrency: 2,
      run: cells.run,
      signal: stopper.signal,
    });
    await cells.endNext();
    expect([...cells.open]).toEqual([1, 2]);
    stopper.abort();
    expect(await over).toBe("stopped");
    expect(cells.open.size).toBe(0);
    expect(cells.started.map(({ cell }) => cell)).toEqual([1, 2]);
  });

  test("do not begin when they were stopped before", async () => {
    const cells = createCells();
    expect(await runCells({ cells: [0], concurrency: 1, run: cells.run, signal: AbortSignal.abort() })).toBe(
      "stopped",
    );
    expect(cells.started).toEqual([]);
  });

  test("give up when five fail one after another", async () => {
    const cells = createCells();
    const over = runCells({ cells: [0, 1, 2, 3, 4, 5, 6], concurrency: 1, run: cells.run, signal: NEVER });
    for (let ended = 0; ended < 5; ended += 1) await cells.endNext("failed");
    expect(await over).toBe("gave-up");
    expect(cells.started).toEqual([]);
  });

  test("go on while answers come between the failures", async () => {
    const cells = createCells();
    const over = runCells({
      cells: Array.from({ length: 12 }, (_, cell) => cell),
      concurrency: 1,
      run: cells.run,
      signal: NEVER,
    });
    for (let ended = 0; ended < 12; ended += 1) await cells.endNext(ended % 4 === 3 ? "done" : "failed");
    expect(await over).toBe("completed");
  });
});
