import { expect, it } from "vitest";
import { createEventDecoder } from "#lib/run/event-lines.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { streamEvents } from "./stream-events.ts";

function token(index: number): RunEvent {
  return {
    type: "token",
    index,
    part: 0,
    id: index,
    text: "x",
    logProb: -1,
    special: false,
    counts: true,
    at: 0,
  };
}

const END: RunEvent = {
  type: "run-end",
  finishReason: { raw: "length", kind: "length" },
  generatedText: "",
  tokens: 0,
  requests: 1,
  at: 0,
};

function typesOf(bytes: Uint8Array[]): string[] {
  const decoder = createEventDecoder();
  return [...bytes.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()].map((event) =>
    event.ok ? event.value.type : "broken",
  );
}

async function chunksOf(events: AsyncIterable<RunEvent>): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of streamEvents({ events, stop() {} })) chunks.push(chunk);
  return chunks;
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

it("sends the events of one turn as one chunk, and none later than that", async () => {
  async function* source() {
    yield token(0);
    yield token(1);
    await later();
    yield token(2);
    await later();
    yield END;
  }
  const chunks = await chunksOf(source());
  expect(chunks.map((chunk) => typesOf([chunk]))).toEqual([["token", "token"], ["token"], ["run-end"]]);
});

it("ends with exactly one closing event where the source has none, throws, or goes on", async () => {
  async function* silent() {
    yield token(0);
  }
  async function* endless() {
    yield END;
    yield END;
    yield token(0);
  }
  async function* broken(): AsyncGenerator<RunEvent> {
    yield token(0);
    throw new TypeError("bug");
  }
  const warnings: Error[] = [];
  process.once("warning", (warning) => warnings.push(warning));
  expect(typesOf(await chunksOf(silent()))).toEqual(["token", "run-error"]);
  expect(typesOf(await chunksOf(endless()))).toEqual(["run-end"]);
  const bytes = await chunksOf(broken());
  expect(typesOf(bytes)).toEqual(["token", "run-error"]);
  expect(new TextDecoder().decode(bytes.at(-1))).not.toContain("bug");
  await later();
  expect(warnings.map((warning) => warning.message)).toEqual(["bug"]);
});

it("asks the source for no more than a slow reader can take", async () => {
  let made = 0;
  async function* source() {
    for (; made < 100_000; made += 1) {
      yield token(made);
      if (made % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    yield END;
  }
  const stream = streamEvents({ events: source(), stop() {} });
  await later();
  await later();
  const before = made;
  await later();
  expect(made).toBe(before);
  expect(made).toBeLessThan(2_000);
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  expect(made).toBe(100_000);
  const types = typesOf(chunks);
  expect(types).toHaveLength(100_001);
  expect(types.at(-1)).toBe("run-end");
});

it("stops what feeds it as soon as the reader leaves", async () => {
  const stopper = new AbortController();
  let isClosed = false;
  async function* source() {
    try {
      yield token(0);
      await new Promise((resolve) => stopper.signal.addEventListener("abort", resolve));
      yield token(1);
    } finally {
      isClosed = true;
    }
  }
  const reader = streamEvents({ events: source(), stop: () => stopper.abort() }).getReader();
  await reader.read();
  await reader.cancel();
  await later();
  expect(isClosed).toBe(true);
});

it("also when the reader had stopped reading before", async () => {
  let isClosed = false;
  async function* source() {
    try {
      for (let index = 0; ; index += 1) yield token(index);
    } finally {
      isClosed = true;
    }
  }
  const stream = streamEvents({ events: source(), stop() {} });
  await later();
  await stream.cancel();
  await later();
  expect(isClosed).toBe(true);
});
