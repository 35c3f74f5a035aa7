import { describe, expect, test } from "vitest";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import { PARAMETERS, type ParameterName, parameterSupport } from "#lib/wire/parameters.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

const rows: readonly ParameterRow[] = PARAMETERS;

function rolling(release: number, engine: WireFacts["engine"] = "vllm"): WireFacts {
  return { release, mode: "rolling", engine };
}

const ASYNC: WireFacts = { release: 36, mode: "async", engine: "vllm" };
const DYNAMIC: WireFacts = { release: 31, mode: "dynamic", engine: "other" };

/** The names that one container knows, in the order of the rows. */
function namesOf(
  facts: WireFacts,
  dialect: "lmi" | "lmi-async" | "completions" | "chat" | "bedrock",
): string[] {
  return PARAMETERS.flatMap(({ name }) => {
    const support = parameterSupport(name, { facts, dialect, stream: true });
    return support.isKnown ? [support.as] : [];
  });
}

describe("each container's own names", () => {
  test.each([
    // vLLM 0.2.7 fails every request of the batch for one name it does not know (lmi-wire 3.2).
    [
      rolling(26),
      "lmi",
      "max_new_tokens stop stop_token_ids include_stop_str_in_output ignore_eos temperature do_sample top_p top_k min_p repetition_penalty presence_penalty frequency_penalty length_penalty early_stopping details skip_special_tokens spaces_between_special_tokens",
    ],
    [
      rolling(31, "trtllm"),
      "lmi",
      "max_new_tokens min_length stop_sequences temperature do_sample top_p top_k repetition_penalty seed length_penalty details return_full_text",
    ],
    [
      DYNAMIC,
      "lmi",
      "max_new_tokens stop_sequences temperature do_sample top_p top_k repetition_penalty seed num_beams length_penalty return_full_text",
    ],
    // chat_properties.py reads these and nothing else (lmi-wire 3.4).
    [
      rolling(31),
      "chat",
      "max_tokens stop ignore_eos temperature top_p presence_penalty frequency_penalty seed top_logprobs logprobs",
    ],
    [rolling(31), "bedrock", "max_gen_len temperature top_p"],
  ] as const)("%j in %s", (facts, dialect, names) => {
    expect(namesOf(facts, dialect)).toEqual(names.split(" "));
  });
});

describe("the releases that know a parameter", () => {
  test.each([
    ["alternatives", rolling(28), "Known from LMI 0.29 on, and this is 0.28."],
    ["promptTokens", rolling(27), "Known from LMI 0.28 on, and this is 0.27."],
    ["typicalP", rolling(31), "vLLM rolling batch does not know it."],
    ["seed", rolling(26), "vLLM in LMI 0.26 drops it."],
    ["answers", rolling(31), "Known only in answers that are not streamed: turn streaming off."],
    ["minP", { release: null, mode: null, engine: null }, "A container of unknown version does not know it."],
  ] as const)("%s on %j: %s", (name, facts, reason) => {
    expect(parameterSupport(name, { facts, dialect: "lmi", stream: true })).toEqual({
      isKnown: false,
      reason,
    });
  });

  test.each([
    ["maxNewTokens", rolling(26), "lmi", "16"],
    ["maxNewTokens", rolling(26, "trtllm"), "lmi", "128"],
    ["maxNewTokens", rolling(31), "lmi", "30"],
    ["maxNewTokens", ASYNC, "lmi-async", "30"],
    ["maxNewTokens", ASYNC, "completions", "16"],
    ["maxNewTokens", rolling(31), "chat", "30"],
    ["maxNewTokens", rolling(32), "chat", "all that is left"],
    ["doSample", rolling(31), "lmi", "off"],
    ["doSample", ASYNC, "lmi-async", "on"],
  ] as const)("what holds when %s is not sent to %j in %s: %s", (name, facts, dialect, unset) => {
    expect(parameterSupport(name, { facts, dialect, stream: true })).toMatchObject({ isKnown: true, unset });
  });
});

describe.each(rows)("the row of $name", (row) => {
  test("is complete", () => {
    expect(row.effect).toMatch(/^[A-Z].*\.$/s);
    expect(row.min).toBeLessThan(row.max);
    expect(row.wire.length).toBeGreaterThan(0);
  });

  test("has one rule for a reader and release at most", () => {
    const everybody = new Set(row.wire.flatMap(({ readers }) => readers));
    for (const reader of everybody) {
      const rules = row.wire.filter(({ readers }) => readers.includes(reader));
      // A second rule is only for what an earlier one's releases leave over, or a name of its own before a general one.
      expect(rules.length).toBeLessThanOrEqual(2);
    }
  });
});

test("no two rows have one name on one wire, but the two that share logprobs", () => {
  const shared = new Map<string, ParameterName[]>();
  for (const { name } of PARAMETERS) {
    const support = parameterSupport(name, { facts: ASYNC, dialect: "completions", stream: true });
    if (support.isKnown) shared.set(support.as, [...(shared.get(support.as) ?? []), name]);
  }
  expect([...shared].filter(([, names]) => names.length > 1)).toEqual([
    ["logprobs", ["alternatives", "logProbs"]],
  ]);
});
