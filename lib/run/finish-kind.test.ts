import { describe, expect, test } from "vitest";
import { classifyFinish, type FinishFacts } from "#lib/run/finish-kind.ts";

function classify(facts: Partial<FinishFacts>) {
  return classifyFinish({
    ended: true,
    raw: null,
    stopReason: undefined,
    stopSequences: [],
    text: "Deep Learning",
    steps: 5,
    limit: null,
    ...facts,
  });
}

test.each([
  ["length", "length"],
  ["eos_token", "end-of-text"],
  ["stop", "end-of-text"],
  ["stop_sequence", "stop-sequence"],
  ["tool_calls", "tool-calls"],
  ["function_call", "tool-calls"],
  ["content_filter", "content-filter"],
  ["abort", "interrupted"],
  ["cancelled", "interrupted"],
  ["error", "interrupted"],
  ["repetition", "unknown"],
  [null, "unknown"],
] as const)("%s is %s", (raw, kind) => {
  expect(classify({ raw })).toEqual({ raw, kind });
});

test("no last line is an interruption, whatever else is known", () => {
  expect(classify({ ended: false, raw: null, steps: 64, limit: 64 })).toMatchObject({ kind: "interrupted" });
});

describe("one word for end of text and stop sequence", () => {
  const stopSequences = ["###", "END"];

  test.each(["eos_token", "stop"])("%s with stop sequences is not certain, and says so", (raw) => {
    const reason = classify({ raw, stopSequences });
    expect(reason.kind).toBe("end-of-text");
    expect(reason.note).toMatch(/stop sequences/);
  });

  test("an answer that shows one was ended by it", () => {
    expect(classify({ raw: "eos_token", stopSequences, text: "Deep END" })).toEqual({
      raw: "eos_token",
      kind: "stop-sequence",
      note: 'The answer ends with "END".',
    });
  });

  test("one in the middle of the answer is no sign", () => {
    expect(classify({ raw: "eos_token", stopSequences, text: "END of it" }).kind).toBe("end-of-text");
  });

  test("vLLM's second word settles it", () => {
    expect(classify({ raw: "stop", stopSequences, stopReason: null })).toEqual({
      raw: "stop",
      kind: "end-of-text",
    });
    expect(classify({ raw: "stop", stopSequences, stopReason: "###" })).toEqual({
      raw: "stop",
      kind: "stop-sequence",
      note: 'Stopped at "###".',
    });
    expect(classify({ raw: "stop", stopSequences, stopReason: 128009 })).toEqual({
      raw: "stop",
      kind: "end-of-text",
      note: "Stop token 128009.",
    });
  });
});

describe("a silent end", () => {
  test("at the limit was most likely cut there", () => {
    expect(classify({ steps: 64, limit: 64 })).toMatchObject({ raw: null, kind: "length" });
    expect(classify({ steps: 64, limit: 64 }).note).toMatch(/^Inferred/);
  });

  test("below the limit, or without one, is not known", () => {
    expect(classify({ steps: 63, limit: 64 }).kind).toBe("unknown");
    expect(classify({ steps: 64, limit: null }).kind).toBe("unknown");
  });
});

describe("async without streaming writes the stop reason where the reason should be", () => {
  test("a stop string that was asked for", () => {
    expect(classify({ raw: "###", stopSequences: ["###"] })).toEqual({ raw: "###", kind: "stop-sequence" });
  });

  test("a stop token", () => {
    expect(classify({ raw: "128009", stopReason: 128009 }).kind).toBe("end-of-text");
  });
});
