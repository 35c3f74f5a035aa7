import { describe, expect, it } from "vitest";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { type FitQuestion, fitInstance, fitInstances } from "./fit-instance.ts";
import {
  activationBytes,
  dividingDegrees,
  explainGuideFormula,
  kvBytesPerToken,
  kvBytesPerTokenAndRank,
  scaledContext,
  WEIGHT_FORMATS,
  weightsBytes,
} from "./measure-memory.ts";
import { findModel, MODELS, searchModels } from "./model-catalogue.ts";
import notes from "./model-notes.json" with { type: "json" };
import models from "./models.json" with { type: "json" };
import { missingFigures, readModelConfig } from "./read-model-config.ts";

const model = (id: string) => findModel(id) ?? expect.fail(id);
const type = (name: string) => findInstanceType(name) ?? expect.fail(name);
const GB = 1e9;

describe("figures", () => {
  it.each([
    // Bytes of a token, worked out by hand from the published dimensions.
    ["meta-llama/Llama-2-70b-hf", 327_680],
    ["mistralai/Mistral-7B-v0.1", 131_072],
    ["tiiuae/falcon-7b", 8_192],
    ["deepseek-ai/DeepSeek-V3", 70_272],
    ["google/gemma-7b", 458_752],
    ["mosaicml/mpt-30b", 1_376_256],
    ["openai/gpt-oss-20b", null],
  ])("%s takes %s bytes a token", (id, bytes) => {
    expect(kvBytesPerToken(model(id))).toBe(bytes);
  });

  it("says where LMI's formula is wrong, and by how much", () => {
    expect(explainGuideFormula(model("meta-llama/Llama-2-13b-hf"))).toBeNull();
    expect(explainGuideFormula(model("meta-llama/Llama-2-70b-hf"))).toContain("8 times too much");
    expect(explainGuideFormula(model("google/gemma-7b"))).toContain("1.33 times too little");
    expect(explainGuideFormula(model("deepseek-ai/DeepSeek-V3"))).toContain("latent");
    expect(explainGuideFormula(model("openai/gpt-oss-20b"))).toBeNull();
  });

  it("copies heads where there are more devices than heads, and a latent cache everywhere", () => {
    const llama = model("meta-llama/Llama-2-70b-hf");
    expect(kvBytesPerTokenAndRank(llama, 8)).toBe(40_960);
    expect(kvBytesPerTokenAndRank(llama, 16)).toBe(40_960);
    expect(kvBytesPerTokenAndRank(model("deepseek-ai/DeepSeek-V3"), 8)).toBe(70_272);
  });

  it("gives each device whole heads", () => {
    expect(dividingDegrees(model("tiiuae/falcon-7b"), 8)).toEqual([1]);
    expect(dividingDegrees(model("meta-llama/Llama-2-13b-hf"), 8)).toEqual([1, 2, 4, 8]);
    expect(dividingDegrees(model("Qwen/Qwen2-7B"), 8)).toEqual([1, 2, 4]);
  });

  it("holds quantised weights smaller, tables of four-bit models in sixteen bits", () => {
    const llama = model("meta-llama/Llama-2-7b-hf");
    const gb = WEIGHT_FORMATS.map((format) => ((weightsBytes(llama, format) ?? 0) / GB).toFixed(2));
    expect(gb).toEqual(["26.95", "13.48", "6.74", "6.74", "6.74", "3.89", "3.89"]);
    expect(weightsBytes(model("google/gemma-3-27b-it"), "none")).toBeNull();
    expect(scaledContext(llama, 4)).toBe(16_384);
  });

  it("needs more room for a longer prefill and less on each of more devices", () => {
    const llama = model("meta-llama/Llama-2-7b-hf");
    const bytes = (prefillTokens: number, degree: number) =>
      activationBytes(llama, { prefillTokens, sequences: 1, degree }) ?? 0;
    expect(bytes(4_096, 1)).toBeGreaterThan(bytes(2_048, 1));
    expect(bytes(4_096, 4)).toBeLessThan(bytes(4_096, 1));
  });
});

describe("fitInstance", () => {
  const question: FitQuestion = {
    model: model("mistralai/Mixtral-8x7B-v0.1"),
    backend: "tensorrt-llm",
    format: "none",
    context: 4_096,
    concurrency: 32,
    degree: "max",
  };

  it("adds up to the device's memory, and says how full it is", () => {
    const fit = fitInstance(question, type("ml.p4d.24xlarge"));
    expect(fit).toMatchObject({ verdict: "fits", degree: 8, copies: 1, devices: 8 });
    const { total, weights, activations, kvCache, reserved, free } = fit.device ?? expect.fail();
    expect(weights + activations + kvCache + reserved + free).toBeCloseTo(total, 0);
    expect(total).toBe(40_960 * 2 ** 20);
    expect(weights * 8).toBeCloseTo(93.405585408 * GB, 0);
    expect(kvCache).toBe((131_072 / 8) * 4_096 * 32);
    expect(fit.pricePerHour).toBeNull();
  });

  it("refuses what cannot be, each with its reason", () => {
    expect(fitInstance(question, type("ml.g5.12xlarge"))).toMatchObject({ verdict: "too-small" });
    expect(fitInstance({ ...question, degree: 16 }, type("ml.p4d.24xlarge")).reason).toContain("8 devices");
    expect(fitInstance({ ...question, format: "fp8" }, type("ml.p4d.24xlarge")).reason).toContain("fp8");
    expect(fitInstance(question, type("ml.inf2.48xlarge")).reason).toContain("GPUs");
    expect(fitInstance({ ...question, concurrency: 4_000 }, type("ml.p4d.24xlarge")).reason).toMatch(
      /holds \d+ requests/,
    );
    expect(fitInstance(question, type("ml.p6e-gb200.36xlarge")).verdict).toBe("unknown");
    expect(
      fitInstance({ ...question, model: model("openai/gpt-oss-20b") }, type("ml.p4d.24xlarge")),
    ).toMatchObject({
      verdict: "unknown",
      device: null,
    });
  });

  it("counts NeuronCores, each with half a chip's memory", () => {
    const neuron = {
      ...question,
      model: model("meta-llama/Llama-2-13b-hf"),
      backend: "transformers-neuronx",
    } as const;
    const fit = fitInstance(
      { ...neuron, concurrency: 4, context: 2_048, degree: 8 },
      type("ml.inf2.24xlarge"),
    );
    expect(fit).toMatchObject({ verdict: "fits", devices: 12, degree: 8 });
    expect(fit.device?.total).toBe(16 * 2 ** 30);
  });

  it("costs concurrency to stretch the context, and lists what fits and is cheapest first", () => {
    const at = (context: number) =>
      fitInstance({ ...question, context }, type("ml.p4d.24xlarge")).maxConcurrency ?? 0;
    expect(at(32_768)).toBeLessThan(at(4_096) / 7);
    const fits = fitInstances({ ...question, model: model("meta-llama/Llama-2-7b-hf"), concurrency: 4 });
    expect(fits[0]).toMatchObject({ verdict: "fits" });
    const known = fits.filter(({ verdict, pricePerHour }) => verdict === "fits" && pricePerHour !== null);
    expect(known.map(({ pricePerHour }) => pricePerHour)).toEqual(
      known.map(({ pricePerHour }) => pricePerHour ?? 0).toSorted((left, right) => left - right),
    );
    expect(fits.every(({ instance }) => instance.kind !== "neuron")).toBe(true);
  });
});

describe("readModelConfig", () => {
  const exact = models.models.filter(({ model_type }) =>
    ["llama", "mistral", "mixtral", "qwen2", "qwen3", "gemma"].includes(model_type),
  );

  it.each(exact.map((row) => [row.id, row] as const))("counts %s as its publisher does", (_id, row) => {
    const { moe } = notes.models.find(({ id }) => id === row.id) ?? expect.fail();
    const config = {
      architectures: [row.architecture],
      model_type: row.model_type,
      num_hidden_layers: row.layers,
      hidden_size: row.hidden_size,
      intermediate_size: row.intermediate_size,
      num_attention_heads: row.attention_heads,
      num_key_value_heads: row.kv_heads,
      head_dim: row.head_dim,
      vocab_size: row.vocab_size,
      ...(moe ? { num_local_experts: moe.experts } : {}),
      tie_word_embeddings: isTied(row.id),
    };
    const read = readModelConfig(JSON.stringify(config));
    expect(read).toMatchObject({
      ok: true,
      value: { parameters: row.params_total, attentionKind: row.attention_kind, headDim: row.head_dim },
    });
  });

  it("reads the other names, and says what is missing", () => {
    const falcon = {
      model_type: "RefinedWebModel",
      n_layer: 32,
      hidden_size: 4_544,
      n_head: 71,
      multi_query: true,
    };
    const read = readModelConfig(JSON.stringify(falcon));
    if (!read.ok) return expect.fail();
    expect(read.value).toMatchObject({
      architectureKey: "falcon",
      kvHeads: 1,
      headDim: 64,
      attentionKind: "MQA",
    });
    expect(missingFigures(read.value)).toEqual([{ key: "parameters", label: "number of parameters" }]);
  });

  it("reads a latent cache and the language half of a model that sees", () => {
    const latent = {
      model_type: "x",
      text_config: { num_hidden_layers: 61, hidden_size: 7_168, kv_lora_rank: 512, qk_rope_head_dim: 64 },
    };
    const read = readModelConfig(JSON.stringify(latent));
    expect(read.ok && kvBytesPerToken(read.value)).toBe(70_272);
  });

  it.each(["", "{", "[]", "null", '{"a": 1}', '"text"'])("refuses %j with what to do", (text) => {
    expect(readModelConfig(text)).toMatchObject({ ok: false, failure: { hint: expect.any(String) } });
  });
});

it("finds models by their id and by words of it", () => {
  expect(findModel("MISTRALAI/mixtral-8x7b-v0.1 ")?.id).toBe("mistralai/Mixtral-8x7B-v0.1");
  expect(findModel("nobody/nothing")).toBeNull();
  expect(searchModels("llama 70b").length).toBeGreaterThan(2);
  expect(searchModels("")).toHaveLength(MODELS.length);
});

/** tie_word_embeddings of the published configurations. */
function isTied(id: string): boolean {
  return /Llama-3\.2-|Qwen2\.5-0\.5B|Qwen3-4B|gemma/.test(id);
}
