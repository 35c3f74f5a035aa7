import { describe, expect, it } from "vitest";
import { completeProperty, describeOption } from "./describe-option.ts";
import { OPTION_ROWS } from "./option-catalogue.ts";
import { backendOf } from "./rule-facts.ts";

describe("completion and help", () => {
  const place = { version: "0.26.0", backend: "transformers-neuronx" } as const;
  it("offers keys of this version and back end that are not there yet", () => {
    const text = "option.n_positions=1\noption.gro";
    const [first] = completeProperty(text, text.length, place);
    expect(first).toMatchObject({ insert: "option.group_query_attention=", from: 21, to: 31 });
    const labels = completeProperty("option.", 7, place).map(({ label }) => label);
    expect(labels).toContain("option.n_positions");
    expect(labels).not.toContain("option.smoothquant_per_token");
    expect(completeProperty("option.n_positions=1\n", 21, place).map(({ label }) => label)).not.toContain(
      "option.n_positions",
    );
  });

  it("puts what begins as it is typed before what only has it somewhere", () => {
    const labels = (text: string) => completeProperty(text, text.length, place).map(({ label }) => label);
    expect(labels("option.max_")[0]).toMatch(/^option\.max_/);
    expect(labels("max_")[0]).toMatch(/^max_/);
  });

  it("offers the values of a closed list, and nothing in a comment", () => {
    const text = "option.group_query_attention=shard";
    expect(completeProperty(text, text.length, place).map(({ insert }) => insert)).toEqual([
      "shard-over-heads",
      "shard-over-batch",
    ]);
    expect(completeProperty("# option.", 9, place)).toEqual([]);
  });

  it("explains every option, and claims no default that nobody states", () => {
    for (const { name } of OPTION_ROWS) expect(describeOption(name, place)?.sources).not.toEqual([]);
    expect(describeOption("option.n_positions", place)?.defaults).toEqual([
      { when: "0.25.0-0.29.0", value: "128" },
    ]);
    expect(describeOption("option.max_model_len", { version: "0.36.0", backend: "vllm" })?.defaults).toEqual(
      [],
    );
    expect(describeOption("option.nothing", place)).toBeNull();
  });
});

it.each([
  ["option.rolling_batch", "lmi-dist", "lmi-dist"],
  ["option.rolling_batch", "trtllm", "tensorrt-llm"],
  ["option.rolling_batch", "auto", null],
  ["option.entryPoint", "djl_python.transformers_neuronx", "transformers-neuronx"],
  ["engine", "DeepSpeed", "deepspeed"],
])("%s=%s asks for %s", (key, value, backend) => {
  expect(backendOf({ [key]: value })).toBe(backend);
});
