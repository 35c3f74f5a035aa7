import { describe, expect, it } from "vitest";
import type { RunEvent } from "#lib/run/run-event.ts";
import { createRunStore } from "./run-store.ts";

const START: RunEvent = {
  type: "run-start",
  runId: "r1",
  endpointName: "demo",
  startedAt: 0,
  dialect: "lmi",
  requestBody: "{}",
};

function tokens(first: number, count: number): RunEvent[] {
  return Array.from({ length: count }, (_, place) => {
    const index = first + place;
    return {
      type: "token",
      index,
      part: 0,
      id: 1,
      text: `${index} `,
      logProb: -1,
      special: false,
      counts: true,
      at: index,
    };
  });
}

/** A store whose stream, frames and clock the test moves on. */
function prepare() {
  let time = 1_000;
  let frames: (() => void)[] = [];
  let drawings = 0;
  const stream = new TransformStream<Uint8Array, Uint8Array>();
  const writer = stream.writable.getWriter();
  const named: string[] = [];
  const store = createRunStore({
    send: async () => new Response(stream.readable),
    follow: async () => new Response(null),
    halt: () => undefined,
    begun: (runId) => void named.push(runId),
    now: () => time,
    schedule: (draw) => frames.push(draw),
  });
  store.start({ endpointName: "demo", prompt: "Q:", parameters: {} });
  store.subscribe(() => {
    drawings += 1;
  });
  return {
    store,
    named,
    drawings: () => drawings,
    async send(...events: RunEvent[]) {
      const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
      await writer.write(new TextEncoder().encode(lines));
      await new Promise((resolve) => setImmediate(resolve));
    },
    frame(ms = 16) {
      time += ms;
      const due = frames;
      frames = [];
      for (const draw of due) draw();
    },
  };
}

describe("createRunStore", () => {
  it("draws a few tokens in the next frame, and nothing in a frame without any", async () => {
    const { send, frame, store, drawings } = prepare();
    await send(START);
    frame();
    for (let index = 0; index < 5; index += 1) {
      await send(...tokens(index, 1));
      frame();
      frame();
      expect(store.read().tokens).toHaveLength(index + 1);
    }
    expect(drawings()).toBe(6);
  });

  it.each([
    // Frames of 16 ms: three times 64, and three times the first frame from 100 on.
    { each: 6, every: 2, frames: 12 },
    { each: 8, every: 1, frames: 21 },
  ])(
    "draws $each of every $every frames at once, as often as is worth seeing",
    async ({ each, every, frames }) => {
      const { send, frame, store, drawings } = prepare();
      await send(START);
      frame();
      for (let index = 0; index < frames; index += 1) {
        if (index % every === 0) await send(...tokens((index / every) * each, each));
        frame();
      }
      expect(drawings()).toBe(1 + 3);
      expect(store.read().tokens).toHaveLength((frames / every) * each);
    },
  );

  it("draws the end at once, with all that had not been drawn yet", async () => {
    const { send, store } = prepare();
    await send(START, ...tokens(0, 20), {
      type: "run-end",
      finishReason: { raw: "length", kind: "length" },
      generatedText: "all",
      tokens: 20,
      requests: 1,
      at: 30,
    });
    expect(store.read()).toMatchObject({ status: "finished", tokenCount: 20, generatedText: "all" });
  });

  it("names the run before anything of it is drawn", async () => {
    const { send, named, store } = prepare();
    await send(START, ...tokens(0, 1));
    expect(named).toEqual(["r1"]);
    expect(store.read().runId).toBeNull();
  });

  it("keeps what came when it is stopped", async () => {
    const { send, store } = prepare();
    await send(START, ...tokens(0, 3));
    store.stop();
    expect(store.read()).toMatchObject({ status: "stopped", tokenCount: 3, generatedText: "0 1 2 " });
  });
});
