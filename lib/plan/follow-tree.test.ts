import { describe, expect, it } from "vitest";
import { HISTORIC_ERA } from "#lib/choose/tree-catalogue.ts";
import { parseProperties, readProperties } from "#lib/options/parse-properties.ts";
import { choiceOf, followTree, starterText, suggestName, withBackend } from "./follow-tree.ts";
import { BLANK_PLAN } from "./plan.ts";
import { writeSizing } from "./write-sizing.ts";

const MISTRAL = { modelId: "mistralai/Mistral-7B-v0.1", architecture: "mistral" };

describe("a plan that follows the tree", () => {
  it("begins with the starter of the back end, for the model and under its name", () => {
    const plan = followTree(BLANK_PLAN, MISTRAL);
    expect(plan).toMatchObject({ backend: "vllm", framework: "djl-lmi", lmiVersion: "0.36.0" });
    expect(plan.endpointName).toBe("mistral-7b-v0-1");
    expect(readProperties(parseProperties(plan.properties))).toMatchObject({
      "option.model_id": MISTRAL.modelId,
      "option.async_mode": "true",
      "option.tensor_parallel_degree": "max",
    });
  });

  it("takes the next starter along while nobody has written in it", () => {
    const before = followTree(BLANK_PLAN, MISTRAL);
    const plan = followTree(before, { eraId: HISTORIC_ERA, lmiVersion: "0.26.0" });
    expect(plan.backend).toBe("lmi-dist");
    expect(plan.properties).toBe(starterText(plan));
    expect(plan.properties).toContain("option.output_formatter=jsonlines");
  });

  it("keeps a configuration that was written by hand, and changes the model's id in it alone", () => {
    const edited = followTree(BLANK_PLAN, MISTRAL);
    const byHand = { ...edited, properties: `# mine\n${edited.properties}option.dtype=fp16\n` };
    const plan = followTree(byHand, {
      modelId: "Qwen/Qwen3-8B",
      architecture: "qwen3",
      lmiVersion: "0.27.0",
    });
    expect(plan.properties).toBe(byHand.properties.replace(MISTRAL.modelId, "Qwen/Qwen3-8B"));
  });

  it("keeps a name that was given by hand", () => {
    const named = { ...followTree(BLANK_PLAN, MISTRAL), endpointName: "ours" };
    expect(followTree(named, { modelId: "Qwen/Qwen3-8B", architecture: "qwen3" }).endpointName).toBe("ours");
  });

  it("lets answers by hand win over derived ones", () => {
    const { choice } = choiceOf({ ...BLANK_PLAN, ...MISTRAL, answers: { model_support: "t5" } });
    expect(choice.ok && choice.value.backend).toBe("tensorrt-llm");
  });

  it("asks on where the architecture is not known", () => {
    const { choice } = choiceOf({ ...BLANK_PLAN, modelId: "somebody/model" });
    expect(choice).toMatchObject({ ok: false, failure: { field: "model_support" } });
  });
});

it.each([
  ["mistralai/Mixtral-8x7B-v0.1", "mixtral-8x7b-v0-1"],
  ["s3://bucket/models/My_Model/", "my-model"],
  ["", ""],
])("names an endpoint after %s", (id, name) => {
  expect(suggestName(id)).toBe(name);
});

it("writes the sizing where the back end reads it, and nothing twice", () => {
  const plan = followTree(BLANK_PLAN, MISTRAL);
  const sized = { ...plan, sizing: { ...plan.sizing, context: 8_192, concurrency: 16, degree: 4 } };
  const written = writeSizing(sized);
  expect(readProperties(parseProperties(written))).toMatchObject({
    "option.tensor_parallel_degree": "4",
    "option.max_model_len": "8192",
    "option.max_rolling_batch_size": "16",
  });
  expect(writeSizing({ ...sized, properties: written })).toBe(written);
  const compiled = withBackend(sized, {
    backend: "tensorrt-llm",
    framework: "djl-tensorrtllm",
    version: "0.27.0",
  });
  expect(writeSizing(compiled)).not.toContain("max_model_len");
});
