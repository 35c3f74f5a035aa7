import { describe, expect, test } from "vitest";
import {
  chooseDialect,
  readsVllmChat,
  sendsAlternatives,
  UNKNOWN_FACTS,
  type WireFacts,
} from "#lib/wire/choose-dialect.ts";

const ROLLING_26: WireFacts = { release: 26, mode: "rolling", engine: "lmi-dist" };
const ROLLING_28: WireFacts = { release: 28, mode: "rolling", engine: "vllm" };
const ROLLING_31: WireFacts = { release: 31, mode: "rolling", engine: "lmi-dist" };
const ROLLING_36: WireFacts = { release: 36, mode: "rolling", engine: "vllm" };
const ASYNC_36: WireFacts = { release: 36, mode: "async", engine: "vllm" };
const TRT_ASYNC: WireFacts = { release: 36, mode: "async", engine: "trtllm" };
const TRT_ROLLING: WireFacts = { release: 31, mode: "rolling", engine: "trtllm" };
const DYNAMIC: WireFacts = { release: 31, mode: "dynamic", engine: "other" };

describe("a prompt", () => {
  test.each([
    [ROLLING_26, 0, "lmi"],
    [ROLLING_31, 5, "lmi"],
    [ROLLING_36, 5, "lmi"],
    [DYNAMIC, 0, "lmi"],
    // The one body that every container reads.
    [UNKNOWN_FACTS, 5, "lmi"],
    [ASYNC_36, 0, "lmi-async"],
    [ASYNC_36, 5, "completions"],
    [TRT_ASYNC, 5, "lmi-async"],
  ])("%j with %i alternatives is %s", (facts, alternatives, dialect) => {
    expect(chooseDialect({ facts, hasMessages: false, alternatives })).toEqual({ ok: true, value: dialect });
  });
});

describe("messages", () => {
  test.each([ROLLING_28, ROLLING_31, ROLLING_36, ASYNC_36, UNKNOWN_FACTS])("%j takes them", (facts) => {
    expect(chooseDialect({ facts, hasMessages: true, alternatives: 0 })).toEqual({ ok: true, value: "chat" });
  });

  test.each([ROLLING_26, DYNAMIC])("%j does not, and says what to do", (facts) => {
    const result = chooseDialect({ facts, hasMessages: true, alternatives: 0 });
    expect(result).toMatchObject({ ok: false, failure: { code: "invalid", field: "messages" } });
    expect(result.ok === false && result.failure.hint).toMatch(/prompt/);
  });
});

test.each([
  [ROLLING_28, "lmi", false],
  [ROLLING_31, "lmi", true],
  [ROLLING_36, "lmi", true],
  [TRT_ROLLING, "lmi", false],
  [ROLLING_31, "chat", false],
  [ASYNC_36, "lmi-async", false],
  [ASYNC_36, "completions", true],
  [ASYNC_36, "chat", true],
  [TRT_ASYNC, "chat", false],
  [UNKNOWN_FACTS, "lmi", false],
] as const)("%j asked in %s sends alternatives: %s", (facts, dialect, expected) => {
  expect(sendsAlternatives(facts, dialect)).toBe(expected);
});

test.each([
  [ROLLING_31, false],
  [ROLLING_28, false],
  [{ ...ROLLING_36, release: 32 }, true],
  [ASYNC_36, true],
  [TRT_ASYNC, false],
  [UNKNOWN_FACTS, false],
])("%j reads chat with vLLM's own model: %s", (facts, expected) => {
  expect(readsVllmChat(facts)).toBe(expected);
});
