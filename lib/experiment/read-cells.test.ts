import { describe, expect, test } from "vitest";
import { experimentSpecSchema } from "./experiment-spec.ts";
import { planCells } from "./plan-cells.ts";
import { type CellRun, countCells, progressFrom, readCells, statusOf, unfinished } from "./read-cells.ts";

const PLANNED = planCells(
  experimentSpecSchema.parse({
    kind: "samples",
    request: { endpointName: "demo", prompt: "Why?", parameters: { temperature: 0.5 } },
    samples: 6,
    concurrency: 2,
  }),
);

function run(position: number, more: Partial<CellRun> = {}): CellRun {
  return {
    position,
    id: `run-${position}`,
    status: "finished",
    finishReason: { raw: "eos_token", kind: "end-of-text" },
    failure: null,
    generatedText: "Because.",
    tokens: 2,
    requests: 1,
    elapsedMs: 100,
    firstTokenMs: 50,
    confidence: 0.5,
    countedTokens: 2,
    jointLogProb: -1,
    meanLogProb: -0.5,
    bitsPerByte: 0.18,
    ...more,
  };
}

const RUNS = [
  run(0),
  run(1, { generatedText: "Who knows?", jointLogProb: null, meanLogProb: null, countedTokens: 0 }),
  run(2, { generatedText: " Because.\n" }),
  run(3, { status: "failed", failure: { code: "throttled", message: "Too many." }, generatedText: "" }),
  run(4, { status: "interrupted", generatedText: "Bec" }),
];

describe("cells", () => {
  const cells = readCells(PLANNED, RUNS, new Map([[5, "run-5"]]));

  test("are in the state of their latest run", () => {
    expect(cells.map(({ state }) => state)).toEqual(["done", "done", "done", "failed", "stopped", "running"]);
    expect(cells[5]).toMatchObject({ runId: "run-5", score: null, answerNumber: null });
    expect(cells[3]).toMatchObject({ failure: "Too many.", runId: "run-3" });
  });

  test("number distinct complete answers, and the same text with the same number", () => {
    expect(cells.map(({ answerNumber }) => answerNumber)).toEqual([1, 2, 1, null, null, null]);
  });

  test("have no score where no token had a number", () => {
    expect(cells[0]?.score).toEqual({
      countedTokens: 2,
      jointLogProb: -1,
      meanLogProb: -0.5,
      bitsPerByte: 0.18,
    });
    expect(cells[1]?.score).toBeNull();
  });

  test("that run again show nothing of the run before", () => {
    const [cell] = readCells(PLANNED, RUNS, new Map([[0, "run-9"]]));
    expect(cell).toMatchObject({ state: "running", runId: "run-9", answer: "", tokens: 0, score: null });
  });

  test("that say they run when nobody runs them died with their server", () => {
    const [cell] = readCells(PLANNED, [run(0, { status: "running" })], new Map());
    expect(cell?.state).toBe("stopped");
  });

  test("without an answer are left to do, failed ones only where that is wished", () => {
    expect(unfinished(cells, { failed: false }).map(({ position }) => position)).toEqual([4]);
    expect(unfinished(cells, { failed: true }).map(({ position }) => position)).toEqual([3, 4]);
  });

  test("are counted alike one by one and from a database's counts", () => {
    const progress = { total: 6, waiting: 0, running: 1, done: 3, failed: 1, stopped: 1 };
    expect(countCells(cells)).toEqual(progress);
    const counts = [
      { status: "finished" as const, cells: 3 },
      { status: "failed" as const, cells: 1 },
      { status: "interrupted" as const, cells: 1 },
      { status: "running" as const, cells: 1 },
    ];
    expect(progressFrom(6, counts, 1)).toEqual(progress);
  });
});

test("an experiment is over when no cell is left to do", () => {
  const none = { total: 2, waiting: 0, running: 0, done: 1, failed: 1, stopped: 0 };
  expect(statusOf(none, false)).toBe("finished");
  expect(statusOf({ ...none, done: 0, waiting: 1 }, false)).toBe("stopped");
  expect(statusOf({ ...none, done: 0, waiting: 1 }, true)).toBe("running");
});
