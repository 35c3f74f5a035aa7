import { expect, test } from "vitest";
import { applyStops, type StopRules } from "./apply-stops.ts";
import type { TokenEvent } from "./open-generation.ts";

async function* tokens(texts: readonly string[]): AsyncGenerator<TokenEvent> {
  for (const [id, delta] of texts.entries()) {
    const finish = id === texts.length - 1 ? { reason: "length" as const, stop: null } : null;
    yield {
      type: "token",
      token: { id, text: delta, bytes: [], logProb: -1 },
      delta,
      special: false,
      top: [],
      finish,
    };
  }
}

async function run(texts: readonly string[], rules: Partial<StopRules>) {
  const deltas: string[] = [];
  let finish: TokenEvent["finish"] = null;
  for await (const event of applyStops(tokens(texts), {
    stops: [],
    include: false,
    holdBack: true,
    ...rules,
  })) {
    if (event.type !== "token") continue;
    deltas.push(event.delta);
    finish = event.finish;
  }
  return { deltas, finish };
}

test("a stop string over several tokens ends the text before it, and what might begin one waits", async () => {
  expect(await run(["ab", "c\n", "\nd", "e"], { stops: ["\n\n"] })).toEqual({
    deltas: ["a", "bc", ""],
    finish: { reason: "stop", stop: "\n\n" },
  });
});

test("held text comes out at the end where no stop string came", async () => {
  expect(await run(["ab", "cd"], { stops: ["xyz"] })).toEqual({
    deltas: ["", "abcd"],
    finish: { reason: "length", stop: null },
  });
});

test("an engine that does not hold back has sent the beginning already", async () => {
  expect(await run(["a", "\n", "\nb"], { stops: ["\n\n"], holdBack: false })).toEqual({
    deltas: ["a", "\n", ""],
    finish: { reason: "stop", stop: "\n\n" },
  });
});

test("the stop string is kept where asked, and the earliest of several counts", async () => {
  expect(await run(["one two three"], { stops: ["three", "two"], include: true })).toEqual({
    deltas: ["one two"],
    finish: { reason: "stop", stop: "two" },
  });
});
