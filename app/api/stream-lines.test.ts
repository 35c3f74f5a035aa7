import { expect, it } from "vitest";
import { closeOnce } from "#app/api/close-once.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { streamLines } from "./stream-lines.ts";

const END: RunEvent = {
  type: "run-end",
  finishReason: { raw: "length", kind: "length" },
  generatedText: "",
  tokens: 0,
  requests: 1,
  at: 0,
};

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

async function chunksOf(lines: AsyncIterable<string>): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of streamLines({ lines, leave() {} })) chunks.push(new TextDecoder().decode(chunk));
  return chunks;
}

function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}

async function typesOf(events: AsyncIterable<RunEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const event of closeOnce(events)) types.push(event.type);
  return types;
}

it("sends the lines of one turn as one chunk, and none later than that", async () => {
  async function* source() {
    yield "0\n";
    yield "1\n";
    await later();
    yield "2\n";
    await later();
    yield "end\n";
  }
  expect(await chunksOf(source())).toEqual(["0\n1\n", "2\n", "end\n"]);
});

it("a run ends with exactly one closing event where the source has none, throws, or goes on", async () => {
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
  expect(await typesOf(silent())).toEqual(["token", "run-error"]);
  expect(await typesOf(endless())).toEqual(["run-end"]);
  expect(await typesOf(broken())).toEqual(["token", "run-error"]);
  await later();
  expect(warnings.map((warning) => warning.message)).toEqual(["bug"]);
});

it("asks the source for no more than a slow reader can take", async () => {
  let made = 0;
  async function* source() {
    for (; made < 100_000; made += 1) {
      yield `${JSON.stringify(token(made))}\n`;
      if (made % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  const stream = streamLines({ lines: source(), leave() {} });
  // However long a busy machine takes to fill what may wait, it then stands still.
  for (let before = -1; before !== made; ) {
    before = made;
    await later();
  }
  expect(made).toBeLessThan(2_000);
  let text = "";
  for await (const chunk of stream) text += new TextDecoder().decode(chunk);
  expect(text.trim().split("\n")).toHaveLength(100_000);
});

it("tells what feeds it as soon as the reader leaves", async () => {
  const stopper = new AbortController();
  let isClosed = false;
  async function* source() {
    try {
      yield "0\n";
      await new Promise((resolve) => stopper.signal.addEventListener("abort", resolve));
      yield "1\n";
    } finally {
      isClosed = true;
    }
  }
  const reader = streamLines({ lines: source(), leave: () => stopper.abort() }).getReader();
  await reader.read();
  await reader.cancel();
  await later();
  expect(isClosed).toBe(true);
});

it("also when the reader had stopped reading before", async () => {
  let isClosed = false;
  async function* source() {
    try {
      for (let index = 0; ; index += 1) yield `${"x".repeat(100)}${index}\n`;
    } finally {
      isClosed = true;
    }
  }
  const stream = streamLines({ lines: source(), leave() {} });
  await later();
  await stream.cancel();
  await later();
  expect(isClosed).toBe(true);
});
