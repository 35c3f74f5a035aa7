import { describe, expect, test } from "vitest";
import { lineOf } from "#lib/run/raw-line.ts";
import { emptyRun, hasNumbers, type RunState, reduceRun } from "#lib/run/reduce-run.ts";
import type { RunEvent, TokenEvent } from "#lib/run/run-event.ts";
import { answer, collect, prepare } from "#lib/run/scripted-run.ts";

const START: RunEvent = {
  type: "run-start",
  runId: "r1",
  endpointName: "demo",
  startedAt: 1_700_000_000_000,
  dialect: "lmi",
  requestBody: "{}",
};

function token(index: number, more: Partial<TokenEvent> = {}): TokenEvent {
  return {
    type: "token",
    index,
    part: 0,
    id: index,
    text: `t${index}`,
    logProb: -1,
    special: false,
    counts: true,
    at: index * 10,
    raw: `line ${index}`,
    ...more,
  };
}

function end(more: Partial<Extract<RunEvent, { type: "run-end" }>> = {}): RunEvent {
  return {
    type: "run-end",
    finishReason: { raw: "eos_token", kind: "end-of-text" },
    generatedText: "t0t1",
    tokens: 2,
    requests: 1,
    at: 99,
    ...more,
  };
}

/** Everything of a state that can be compared after its arrays have grown. */
function snapshot(state: RunState): unknown {
  return structuredClone({ ...state, version: 0 });
}

describe("a run", () => {
  test("is idle, then streams, then is finished", () => {
    const idle = emptyRun();
    expect(idle.status).toBe("idle");
    const streaming = reduceRun(idle, [START, token(0)]);
    expect(streaming).toMatchObject({
      status: "streaming",
      dialect: "lmi",
      requestBody: "{}",
      startedAt: 1_700_000_000_000,
      requests: 1,
      generatedText: "t0",
      tokenCount: 1,
      elapsed: 0,
    });
    expect(reduceRun(streaming, [token(1), end()])).toMatchObject({
      status: "finished",
      generatedText: "t0t1",
      tokenCount: 2,
      finishReason: { kind: "end-of-text" },
      failure: null,
      elapsed: 99,
    });
  });

  test("that fails keeps what came", () => {
    const failure = { code: "model-error" as const, message: "424" };
    const state = reduceRun(emptyRun(), [
      START,
      token(0),
      { type: "run-error", failure, generatedText: "t0" },
    ]);
    expect(state).toMatchObject({
      status: "failed",
      failure,
      generatedText: "t0",
      requests: 1,
      finishReason: null,
    });
    expect(state.tokens).toHaveLength(1);
  });

  test("that was stopped stays stopped, whatever still comes", () => {
    const stopped: RunState = { ...reduceRun(emptyRun(), [START, token(0)]), status: "stopped" };
    const failure = { code: "interrupted" as const, message: "The run was stopped." };
    expect(reduceRun(stopped, [{ type: "run-error", failure, generatedText: "t0" }]).status).toBe("stopped");
    expect(reduceRun(stopped, [START]).status).toBe("stopped");
  });

  test("takes the server's text: it may know characters that the tokens split", () => {
    const state = reduceRun(emptyRun(), [START, token(0, { text: "\uFFFD" }), end({ generatedText: "é" })]);
    expect(state.generatedText).toBe("é");
  });
});

test("a limit of auto-continue is told, until the run is taken up again", () => {
  const limited = reduceRun(emptyRun(), [START, token(0), end({ stoppedBy: "max-tokens" })]);
  expect(limited.stoppedBy).toBe("max-tokens");
  expect(reduceRun(limited, [START]).stoppedBy).toBeNull();
});

describe("what counts and what is text", () => {
  test("lines for no token, special tokens and thoughts", () => {
    const state = reduceRun(emptyRun(), [
      token(0, { text: "", counts: false }),
      token(1, { text: "</s>", special: true }),
      token(2, { text: "hmm", channel: "reasoning" }),
      token(3, { text: "42" }),
    ]);
    expect(state.generatedText).toBe("42");
    expect(state.tokenCount).toBe(3);
    expect(state.tokens).toHaveLength(4);
  });
});

describe("parts", () => {
  test("begin at their first token and keep the wire's reason", () => {
    const state = reduceRun(emptyRun(), [
      START,
      token(0),
      token(1),
      { type: "part-end", part: 0, finishReason: "length", at: 20 },
      token(2, { part: 1 }),
      end(),
    ]);
    expect(state.parts).toEqual([
      { index: 0, startToken: 0, finishReason: "length", note: null },
      { index: 1, startToken: 2, finishReason: "eos_token", note: null },
    ]);
  });

  test("count as requests as soon as they are asked for", () => {
    const open = reduceRun(emptyRun(), [
      START,
      token(0),
      { type: "part-end", part: 0, finishReason: "length", at: 1 },
    ]);
    expect(open.requests).toBe(2);
    expect(reduceRun(open, [end({ requests: 2 })]).requests).toBe(2);
  });

  test("alternatives that come late go to their tokens", () => {
    const alternatives = [{ id: 5, text: "x", logProb: -2 }];
    const state = reduceRun(emptyRun(), [
      token(0),
      token(1),
      end({ alternatives: [{ index: 1, alternatives }] }),
    ]);
    expect(state.tokens.map((one) => one.alternatives)).toEqual([undefined, alternatives]);
  });
});

describe("lines of the wire", () => {
  test("stand once each, with their stamp and part", () => {
    const { raw: _, ...second } = token(1);
    const state = reduceRun(emptyRun(), [
      token(0),
      second,
      { type: "malformed", raw: "oops", at: 15 },
      token(2, { part: 1 }),
      { type: "malformed", raw: "late" },
      end({ raw: "end line\nusage line" }),
    ]);
    const line = { malformed: false, frames: null, firstToken: null, tokens: 0 };
    expect(state.rawLines.map(lineOf)).toEqual([
      { ...line, raw: "line 0", at: 0, part: 0, firstToken: 0, tokens: 2 },
      { ...line, raw: "oops", at: 15, part: 0, malformed: true },
      { ...line, raw: "line 2", at: 20, part: 1, firstToken: 2, tokens: 1 },
      { ...line, raw: "late", at: null, part: 1, malformed: true },
      { ...line, raw: "end line", at: 99, part: 1 },
      { ...line, raw: "usage line", at: 99, part: 1 },
    ]);
    expect(state.malformed).toBe(2);
  });
});

describe("folding", () => {
  test("in batches of any size gives the same run", async () => {
    const setup = () =>
      prepare({
        request: { autoContinue: { maxRequests: 5, maxTokens: 100 } },
        answers: [answer(["a", "b"], "length"), ["oops\n"], answer(["c"], "eos_token")],
      });
    const events = await collect(setup().run);
    const whole = snapshot(reduceRun(emptyRun(), events));
    for (let size = 1; size <= events.length; size += 1) {
      let state = emptyRun();
      for (let at = 0; at < events.length; at += size) state = reduceRun(state, events.slice(at, at + size));
      expect(snapshot(state)).toEqual(whole);
    }
  });

  test("makes a new state and a new version, and keeps the arrays that it appends to", () => {
    const before = reduceRun(emptyRun(), [token(0)]);
    const after = reduceRun(before, [token(1)]);
    expect(after).not.toBe(before);
    expect(after.version).toBeGreaterThan(before.version);
    expect(after.tokens).toBe(before.tokens);
    expect(after.tokenCount).toBe(2);
    expect(before.tokenCount).toBe(1);
  });

  test("two runs share nothing", () => {
    reduceRun(emptyRun(), [token(0)]);
    expect(emptyRun().tokens).toEqual([]);
  });

  test("costs no more at the end of a long answer than at its beginning", () => {
    let state = emptyRun();
    for (let index = 0; index < 60_000; index += 1) state = reduceRun(state, [token(index)]);
    // Copying the tokens each time would take minutes here.
    expect(state.tokenCount).toBe(60_000);
  });
});

test.each([
  ["idle", 0, false],
  ["connecting", 0, true],
  ["failed", 0, false],
  ["failed", 1, true],
  ["stopped", 0, true],
  ["finished", 0, true],
] as const)("a run that is %s after %i tokens has numbers to show: %s", (status, count, expected) => {
  const tokens = Array.from({ length: count }, (_, index) => token(index));
  expect(hasNumbers({ status, tokens })).toBe(expected);
});
