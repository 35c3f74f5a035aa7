import { expect, test } from "vitest";
import type { Failure } from "#lib/failure.ts";
import { recordRun, type Stamped } from "#lib/run/record-run.ts";

const encoder = new TextEncoder();

function line(text: string): string {
  return `${JSON.stringify({ token: { id: 1, text, log_prob: -1 } })}\n`;
}

function describeError(error: unknown): Failure {
  return { code: "interrupted", message: error instanceof Error ? error.message : String(error) };
}

/** A clock that is read once a chunk and moves 10 ms each time. */
function createClock(): () => number {
  let time = 0;
  return () => {
    time += 10;
    return time;
  };
}

async function collect(bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Stamped[]> {
  const all: Stamped[] = [];
  const options = { bytes, now: createClock(), describeError, ...(signal ? { signal } : {}) };
  for await (const stamped of recordRun(options)) all.push(stamped);
  return all;
}

function words(all: Stamped[]): unknown[] {
  return all.map(({ at, event }) => [at, event.type, "text" in event ? event.text : ""]);
}

test("events carry the time at which their chunk came", async () => {
  async function* source() {
    yield encoder.encode(line("a") + line("b"));
    yield encoder.encode(line("c").slice(0, 9));
    yield encoder.encode(line("c").slice(9));
  }
  expect(words(await collect(source()))).toEqual([
    [10, "token", "a"],
    [10, "token", "b"],
    [30, "token", "c"],
  ]);
});

test("what the end of the body completes is stamped then", async () => {
  async function* source() {
    yield encoder.encode(line("a").trimEnd());
  }
  expect(words(await collect(source()))).toEqual([[20, "token", "a"]]);
});

test("a source that throws ends in one interruption, with what was cut off before it", async () => {
  async function* source() {
    yield encoder.encode(`${line("a")}{"token": {"id`);
    throw new Error("connection reset");
  }
  const all = await collect(source());
  expect(all.map(({ event }) => event.type)).toEqual(["token", "malformed", "interrupted"]);
  expect(all.at(-1)).toEqual({
    at: 20,
    event: { type: "interrupted", failure: { code: "interrupted", message: "connection reset" } },
  });
});

test("an abort ends a source that hangs, and closes it", async () => {
  const abort = new AbortController();
  let isClosed = false;
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]() {
      let isFirst = true;
      return {
        next: () => {
          if (!isFirst) return new Promise(() => {});
          isFirst = false;
          queueMicrotask(() => setTimeout(() => abort.abort(new Error("stopped")), 5));
          return Promise.resolve({ done: false, value: encoder.encode(line("a")) });
        },
        return: () => {
          isClosed = true;
          return Promise.resolve({ done: true, value: undefined });
        },
      };
    },
  };
  const all = await collect(source, abort.signal);
  expect(all.map(({ event }) => event.type)).toEqual(["token", "interrupted"]);
  expect(isClosed).toBe(true);
});

test("a signal that aborted before reads nothing", async () => {
  async function* source() {
    yield encoder.encode(line("a"));
  }
  const all = await collect(source(), AbortSignal.abort(new Error("stopped")));
  expect(all.map(({ event }) => event.type)).toEqual(["interrupted"]);
});

test("a reader that leaves closes the source", async () => {
  let isClosed = false;
  async function* source() {
    try {
      while (true) yield encoder.encode(line("a"));
    } finally {
      isClosed = true;
    }
  }
  for await (const _ of recordRun({ bytes: source(), now: () => 0, describeError })) break;
  await Promise.resolve();
  expect(isClosed).toBe(true);
});

test("a source that was read to its end is not closed again", async () => {
  let closings = 0;
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: true, value: undefined }),
      return: () => {
        closings += 1;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  await collect(source);
  expect(closings).toBe(0);
});

test("no listener is left behind on the signal", async () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    listeners += 1;
    add(...given);
  };
  signal.removeEventListener = (...given: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...given);
  };
  async function* source() {
    for (let chunk = 0; chunk < 50; chunk += 1) yield encoder.encode(line("a"));
  }
  expect(await collect(source(), signal)).toHaveLength(50);
  await Promise.resolve();
  expect(listeners).toBe(0);
});
