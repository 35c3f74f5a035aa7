import { describe, expect, test } from "vitest";
import { chooseDialect } from "#lib/wire/choose-dialect.ts";
import { readsVllmChat } from "#lib/wire/request-reader.ts";
import { UNKNOWN_FACTS, type WireFacts } from "#lib/wire/wire-facts.ts";

const ROLLING_26: WireFacts = { release: 26, mode: "rolling", engine: "lmi-dist" };
const ROLLING_28: WireFacts = { release: 28, mode: "rolling", engine: "vllm" };
const ROLLING_31: WireFacts = { release: 31, mode: "rolling", engine: "lmi-dist" };
const ROLLING_36: WireFacts = { release: 36, mode: "rolling", engine: "vllm" };
const ASYNC_36: WireFacts = { release: 36, mode: "async", engine: "vllm" };
const TRT_ASYNC: WireFacts = { release: 36, mode: "async", engine: "trtllm" };
const BEDROCK: WireFacts = { ...ROLLING_31, compat: "bedrock" };
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
    [BEDROCK, 5, "bedrock"],
  ])("%j with %i alternatives is %s", (facts, alternatives, dialect) => {
    expect(chooseDialect({ facts, hasMessages: false, alternatives })).toEqual({
      ok: true,
      value: { dialect, reason: expect.stringMatching(/\w+\.$/), caution: null },
    });
  });
});

describe("messages", () => {
  test.each([ROLLING_28, ROLLING_31, ROLLING_36, ASYNC_36, UNKNOWN_FACTS])("%j takes them", (facts) => {
    expect(chooseDialect({ facts, hasMessages: true, alternatives: 0 })).toMatchObject({
      ok: true,
      value: { dialect: "chat" },
    });
  });

  test.each([ROLLING_26, DYNAMIC])("%j does not, and says what to do", (facts) => {
    const result = chooseDialect({ facts, hasMessages: true, alternatives: 0 });
    expect(result).toMatchObject({ ok: false, failure: { code: "invalid", field: "messages" } });
    expect(result.ok === false && result.failure.hint).toMatch(/prompt/);
  });
});

describe("what a person chose", () => {
  test.each([
    ["completions", ASYNC_36, null],
    ["bedrock", BEDROCK, null],
    ["chat", ROLLING_26, "not known to take chat"],
    ["completions", ROLLING_31, "Only async"],
    ["lmi", ASYNC_36, "other names"],
    ["lmi", BEDROCK, "reads the bedrock schema"],
    ["bedrock", ROLLING_31, "OPTION_BEDROCK_COMPAT"],
    ["lmi-async", UNKNOWN_FACTS, null],
  ] as const)("%s is obeyed for %j, with what speaks against it", (override, facts, caution) => {
    expect(chooseDialect({ facts, hasMessages: false, alternatives: 0, override })).toEqual({
      ok: true,
      value: {
        dialect: override,
        reason: "You chose it.",
        caution: caution === null ? null : expect.stringContaining(caution),
      },
    });
  });

  test("messages can be written as chat alone", () => {
    const wish = { facts: ASYNC_36, hasMessages: true, alternatives: 0, override: "completions" } as const;
    expect(chooseDialect(wish)).toMatchObject({ ok: false, failure: { code: "invalid", field: "dialect" } });
  });
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
