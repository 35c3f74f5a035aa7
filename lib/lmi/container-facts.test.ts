import { expect, it } from "vitest";
import { z } from "zod";
import { chooseDialect } from "#lib/wire/choose-dialect.ts";
import { parameterSupport } from "#lib/wire/parameters.ts";
import { containerFacts } from "./container-facts.ts";
import modes from "./container-modes.json" with { type: "json" };

// The local SageMaker starts its containers by the same rows.
const modesSchema = z.object({
  rows: z.array(
    z.tuple([z.string(), z.record(z.string(), z.string()), z.enum(["async", "dynamic", "rolling"])]),
  ),
});

const V27 = "x/djl-inference:0.36.0-lmi27.0.0-cu130";
const V15 = "x/djl-inference:0.33.0-lmi15.0.0-cu128";
const V11 = "x/djl-inference:0.29.0-lmi11.0.0-cu124";
const V8 = "x/djl-inference:0.26.0-deepspeed0.12.6-cu121";
const TRT8 = "x/djl-inference:0.26.0-tensorrtllm0.7.1-cu122";
const TRT15 = "x/djl-inference:0.33.0-tensorrtllm0.21.0-cu128";
const NEURON = "x/djl-inference:0.29.0-neuronx-sdk2.19.1";

it.each([
  [V27, {}, "LMI v27 (0.36.0), vLLM async", true, true, true],
  [V27, { OPTION_ROLLING_BATCH: "auto" }, "LMI v27 (0.36.0), vLLM async", true, true, true],
  [V27, { OPTION_ROLLING_BATCH: "vllm" }, "LMI v27 (0.36.0), vLLM rolling batch", true, true, true],
  [
    V27,
    { OPTION_ROLLING_BATCH: "disable", OPTION_ASYNC_MODE: "true" },
    "LMI v27 (0.36.0), vLLM async",
    true,
    true,
    true,
  ],
  [V27, { OPTION_ROLLING_BATCH: "disable" }, "LMI v27 (0.36.0), dynamic batching", false, false, false],
  [V15, {}, "LMI v15 (0.33.0), vLLM rolling batch", true, true, true],
  [
    V15,
    { OPTION_ROLLING_BATCH: "disable", OPTION_ASYNC_MODE: "TRUE" },
    "LMI v15 (0.33.0), vLLM async",
    true,
    true,
    true,
  ],
  [V15, { OPTION_ROLLING_BATCH: "lmi-dist" }, "LMI v15 (0.33.0), vLLM rolling batch", true, true, true],
  [V11, {}, "LMI v11 (0.29.0), LMI-Dist rolling batch", true, true, true],
  [
    V11,
    { OPTION_ROLLING_BATCH: "scheduler" },
    "LMI v11 (0.29.0), Transformers scheduler rolling batch",
    false,
    false,
    true,
  ],
  [V8, { OPTION_ROLLING_BATCH: "vllm" }, "LMI v8 (0.26.0), vLLM rolling batch", true, false, false],
  [V8, { OPTION_ROLLING_BATCH: "auto" }, "LMI v8 (0.26.0), LMI-Dist rolling batch", true, false, false],
  [V8, {}, "LMI v8 (0.26.0), dynamic batching", false, false, false],
  [V8, { OPTION_ROLLING_BATCH: "deepspeed" }, "LMI v8 (0.26.0), DeepSpeed rolling batch", null, false, false],
  [TRT8, {}, "LMI v8 (0.26.0), TensorRT-LLM rolling batch", true, false, false],
  [TRT15, {}, "LMI v15 (0.33.0), TensorRT-LLM async", false, false, true],
  [
    NEURON,
    { OPTION_ROLLING_BATCH: "auto" },
    "LMI v11 (0.29.0), Transformers-NeuronX rolling batch",
    false,
    false,
    true,
  ],
  ["x/djl-inference:next", {}, "LMI container of unknown version", null, false, false],
  ["nginx:1", {}, "not an LMI container", null, false, false],
])("%s with %o is %s", (image, environment, label, logProbs, alternatives, messages) => {
  const facts = containerFacts(image, environment);
  expect(facts).toMatchObject({
    label,
    sendsLogProbs: logProbs,
    sendsAlternatives: alternatives,
    acceptsMessages: messages,
  });
  // What the page promises is what the request asks for.
  const choice = chooseDialect({ facts: facts.wire, hasMessages: false, alternatives: 5 });
  if (!choice.ok) throw new Error(choice.failure.message);
  const manner = { facts: facts.wire, dialect: choice.value.dialect, stream: true };
  expect(parameterSupport("alternatives", manner).isKnown).toBe(alternatives);
});

it.each(modesSchema.parse(modes).rows)("%s with %o runs in its mode", (tag, environment, mode) => {
  expect(containerFacts(`x/djl-inference:${tag}`, environment).wire.mode).toBe(mode);
});

it("knows the modes that change how a container is spoken to", () => {
  const bedrock = containerFacts(V11, { OPTION_BEDROCK_COMPAT: "true" });
  expect(bedrock).toMatchObject({
    wire: { compat: "bedrock" },
    sendsLogProbs: false,
    sendsAlternatives: false,
  });
  expect(containerFacts(V11, { OPTION_TGI_COMPAT: "true" }).wire.compat).toBe("tgi");
  expect(
    containerFacts(V8, { OPTION_ROLLING_BATCH: "vllm", OPTION_BEDROCK_COMPAT: "true" }).wire,
  ).not.toHaveProperty("compat");
});

it("reads the formatter that the environment fixes", () => {
  expect(containerFacts(V8, { OPTION_OUTPUT_FORMATTER: "jsonlines" }).outputFormatter).toBe("jsonlines");
  expect(containerFacts(V8, {}).outputFormatter).toBeNull();
});
