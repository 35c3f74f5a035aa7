import { describe, expect, test } from "vitest";
import type { RunEvent } from "#lib/run/run-event.ts";
import { createLiveRuns, type RunRecorder } from "./live-runs.ts";

type Timer = { due: number; callback: () => void; off: boolean };

/** A clock that only moves when told to. */
function createTimers() {
  const timers: Timer[] = [];
  let now = 0;
  return {
    after(milliseconds: number, callback: () => void) {
      const timer = { due: now + milliseconds, callback, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
    pass(milliseconds: number) {
      now += milliseconds;
      for (const timer of [...timers]) {
        if (timer.off || timer.due > now) continue;
        timer.off = true;
        timer.callback();
      }
    },
  };
}

function token(index: number): RunEvent {
  const text = String(index);
  return {
    type: "token",
    index,
    part: 0,
    id: index,
    text,
    logProb: -0.5,
    special: false,
    counts: true,
    at: index,
  };
}

function end(text: string): RunEvent {
  return {
    type: "run-end",
    finishReason: { raw: "length", kind: "length" },
    generatedText: text,
    tokens: text.length,
    requests: 1,
    at: 9,
  };
}

/** A source that the test feeds by hand; `stop` ends it as the real one does, with a failure. */
function createSource() {
  const queue: (RunEvent | null)[] = [];
  let wake = (): void => {};
  async function* events(): AsyncGenerator<RunEvent> {
    for (;;) {
      const next = queue.shift();
      if (next === null) return;
      if (next === undefined)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      else yield next;
    }
  }
  function feed(...more: (RunEvent | null)[]) {
    queue.push(...more);
    wake();
  }
  const failure = { code: "interrupted", message: "Stopped." } as const;
  return {
    events: events(),
    feed,
    stop: () => feed({ type: "run-error", failure, generatedText: "" }, null),
  };
}

function createRecorder() {
  const written: { appended: string[]; finished: Parameters<RunRecorder["finish"]>[] } = {
    appended: [],
    finished: [],
  };
  const recorder: RunRecorder = {
    append: async (sequence, lines) => void written.appended.push(`${sequence}: ${lines}`),
    finish: async (...ending) => void written.finished.push(ending),
  };
  return { recorder, written };
}

function begin(more: { lonelyMs?: number; recorder?: RunRecorder } = {}) {
  const timers = createTimers();
  const warnings: unknown[] = [];
  const source = createSource();
  const { recorder, written } = createRecorder();
  const runs = createLiveRuns({
    after: timers.after,
    letLeave: async () => {},
    warn: (error) => warnings.push(error),
  });
  const run = runs.start({ id: "r", ...source, recorder, lonelyMs: 0, ...more });
  return { timers, warnings, source, written, runs, run };
}

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(JSON.parse(line).type);
  return found;
}

describe("who follows a run", () => {
  test("gets every line once, wherever they begin and however late they come", async () => {
    const { source, run } = begin();
    const early = collect(run.log.follow(0));
    source.feed(token(0), token(1));
    const second = collect(run.log.follow(1));
    source.feed(end("01"), null);
    await run.ended;
    expect(await early).toEqual(["token", "token", "run-end"]);
    expect(await second).toEqual(["token", "run-end"]);
    expect(await collect(run.log.follow(0))).toEqual(["token", "token", "run-end"]);
  });

  test("is told of the end only when it is written down", async () => {
    let release = (): void => {};
    const recorder: RunRecorder = {
      append: async () => undefined,
      finish: () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    };
    const { source, run } = begin({ recorder });
    source.feed(token(0), end("0"), null);
    await expect.poll(() => run.log.length()).toBe(1);
    expect(run.log.isClosed()).toBe(false);
    release();
    await run.ended;
    expect(run.log.length()).toBe(2);
  });

  test("does not wait for ever for a database that hangs", async () => {
    const recorder: RunRecorder = {
      append: async () => undefined,
      finish: () => new Promise(() => undefined),
    };
    const { source, run, timers } = begin({ recorder });
    source.feed(token(0), end("0"), null);
    await expect.poll(() => run.log.length()).toBe(1);
    timers.pass(2_000);
    await run.ended;
    expect(run.log.length()).toBe(2);
  });
});

describe("a run that nobody follows", () => {
  test("ends at once where nobody asked for more", async () => {
    const { source, run, written, runs } = begin();
    const leaving = new AbortController();
    const following = collect(run.log.follow(0, leaving.signal));
    source.feed(token(0));
    await expect.poll(() => run.log.length()).toBe(1);
    leaving.abort();
    await following;
    await run.ended;
    expect(written.finished[0]?.[0]).toMatchObject({ status: "stopped", tokens: 1 });
    expect(runs.ids()).toEqual([]);
  });

  test("goes on for a while, and for good where somebody comes back", async () => {
    const { source, run, timers, written } = begin({ lonelyMs: 60_000 });
    const leaving = new AbortController();
    const following = collect(run.log.follow(0, leaving.signal));
    source.feed(token(0));
    leaving.abort();
    await following;
    timers.pass(59_000);
    const back = collect(run.log.follow(1));
    timers.pass(59_000);
    source.feed(token(1), end("01"), null);
    expect(await back).toEqual(["token", "run-end"]);
    expect(written.finished[0]?.[0]).toMatchObject({ status: "finished", generatedText: "01" });
  });

  test("is stopped when nobody came back", async () => {
    const { source, run, timers, written } = begin({ lonelyMs: 60_000 });
    const leaving = new AbortController();
    const following = collect(run.log.follow(0, leaving.signal));
    source.feed(token(0));
    await expect.poll(() => run.log.length()).toBe(1);
    leaving.abort();
    await following;
    timers.pass(60_000);
    await run.ended;
    expect(written.finished[0]?.[0].status).toBe("stopped");
  });
});

describe("what is written down", () => {
  test("grows every two seconds and is whole at the end", async () => {
    const { source, run, timers, written } = begin();
    const following = collect(run.log.follow(0));
    source.feed(token(0));
    await expect.poll(() => run.log.length()).toBe(1);
    timers.pass(2_000);
    timers.pass(2_000);
    source.feed(token(1));
    await expect.poll(() => run.log.length()).toBe(2);
    timers.pass(2_000);
    source.feed(end("01"), null);
    await following;
    expect(written.appended.map((lines) => lines.slice(0, 2))).toEqual(["0:", "1:"]);
    const [summary, lines] = written.finished[0] ?? [];
    expect(summary).toMatchObject({ status: "finished", tokens: 2, finishReason: { kind: "length" } });
    expect(summary?.confidence).toBeCloseTo(Math.exp(-0.5), 12);
    expect(lines?.trim().split("\n")).toHaveLength(3);
  });

  test("may fail without ending the run", async () => {
    const recorder: RunRecorder = {
      append: () => Promise.reject(new Error("disk full")),
      finish: () => Promise.reject(new Error("disk full")),
    };
    const { source, run, timers, warnings } = begin({ recorder });
    const following = collect(run.log.follow(0));
    source.feed(token(0));
    await expect.poll(() => run.log.length()).toBe(1);
    timers.pass(2_000);
    source.feed(end("0"), null);
    expect(await following).toEqual(["token", "run-end"]);
    expect(warnings).toHaveLength(2);
  });

  test("says that a run without a last event was interrupted", async () => {
    const { source, run, written } = begin();
    const following = collect(run.log.follow(0));
    source.feed(token(0), null);
    await following;
    await run.ended;
    expect(written.finished[0]?.[0]).toMatchObject({ status: "interrupted", generatedText: "0" });
  });
});
