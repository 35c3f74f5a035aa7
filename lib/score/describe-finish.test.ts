import { describe, expect, test } from "vitest";
import { classifyFinish } from "#lib/run/finish-kind.ts";
import { FINISH_KINDS } from "#lib/run/run-event.ts";
import { describeFinish } from "#lib/score/describe-finish.ts";

test.each(FINISH_KINDS)("%s has a title and whole sentences", (kind) => {
  for (const raw of [null, "word"]) {
    const { title, explanation } = describeFinish({ raw, kind });
    expect(title).toMatch(/^[A-Z]/);
    expect(explanation).toMatch(/^[A-Z].*\.$/);
  }
});

describe("what each back end says, in words", () => {
  const facts = { ended: true, stopReason: undefined, stopSequences: [], text: "", steps: 5, limit: 64 };

  test.each([
    ["rolling batch at its limit", { raw: "length" }, "Cut at the token limit", "continue"],
    ["rolling batch at the end of text", { raw: "eos_token" }, "Ended by itself", "none"],
    ["vLLM async at a stop string", { raw: "stop", stopReason: "###" }, "Stop sequence", "none"],
    ["vLLM async asking for a tool", { raw: "tool_calls" }, "Tool call", "none"],
    ["a stream that broke off", { raw: null, ended: false }, "Interrupted", "retry"],
    ["an engine that was told to stop", { raw: "abort" }, "Interrupted", "retry"],
    ["a container that says nothing", { raw: null }, "Reason unknown", "raise-limit"],
    [
      "a container that says nothing at the limit",
      { raw: null, steps: 64 },
      "Cut at the token limit",
      "continue",
    ],
    ["a word nobody knows", { raw: "repetition" }, "Reason unknown", "none"],
  ])("%s", (_, known, title, nextStep) => {
    expect(describeFinish(classifyFinish({ ...facts, ...known }))).toMatchObject({ title, nextStep });
  });

  test("an inferred cut is told as one", () => {
    const inferred = describeFinish(classifyFinish({ ...facts, raw: null, steps: 64 }));
    expect(inferred.explanation).toMatch(/most likely/);
    expect(describeFinish({ raw: "length", kind: "length" }).explanation).not.toMatch(/most likely/);
  });
});
