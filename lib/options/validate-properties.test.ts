import { describe, expect, it } from "vitest";
import type { BackendId } from "#lib/lmi/backend-id.ts";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { RULE_ROWS } from "./option-catalogue.ts";
import { parseProperties } from "./parse-properties.ts";
import { instanceFacts, type OptionContext } from "./rule-facts.ts";
import { RULE_CHECKS } from "./rules.ts";
import { validateProperties, validateRules } from "./validate-properties.ts";

function check(text: string, context: OptionContext) {
  return validateProperties(parseProperties(text), context).map(({ rule }) => rule);
}

const instance = (name: string) => {
  const type = findInstanceType(name);
  return type ? instanceFacts(type) : expect.fail(name);
};

/** For each rule a file that breaks it and one that is nearly the same and does not. */
const RULES: [string, string, BackendId, string, string, Partial<OptionContext>?][] = [
  ["R01", "0.26.0", "lmi-dist", "option.dtype=fp16\noption.quantize=gptq", "option.quantize=gptq"],
  [
    "R02",
    "0.26.0",
    "lmi-dist",
    "engine=Python\noption.tensor_parallel_degree=max",
    "engine=MPI\noption.tensor_parallel_degree=max",
  ],
  ["R03", "0.27.0", "lmi-dist", "engine=Python", "engine=Python\noption.mpi_mode=true"],
  [
    "R04",
    "0.27.0",
    "lmi-dist",
    "option.enable_lora=true\noption.speculative_draft_model=x",
    "option.enable_lora=false\noption.speculative_draft_model=x",
  ],
  [
    "R05",
    "0.31.0",
    "lmi-dist",
    "option.load_format=sagemaker_fast_model_loader\noption.speculative_draft_model=x",
    "option.load_format=auto\noption.speculative_draft_model=x",
  ],
  ["R06", "0.26.0", "vllm", "engine=MPI", "engine=Python"],
  ["R07", "0.36.0", "vllm", "option.pipeline_parallel_degree=2", "option.pipeline_parallel_degree=1"],
  [
    "R08",
    "0.30.0",
    "vllm",
    "option.speculative_model=x",
    "option.speculative_model=x\noption.use_v2_block_manager=true",
  ],
  [
    "R09",
    "0.36.0",
    "vllm",
    "option.tensor_parallel_degree=2\noption.tensor_parallel_size=4",
    "option.tensor_parallel_degree=2\noption.tensor_parallel_size=2",
  ],
  ["R10", "0.32.0", "vllm", "option.dtype=int8", "option.dtype=bfloat16"],
  [
    "R11",
    "0.36.0",
    "vllm",
    "option.enable_auto_tool_choice=true",
    "option.enable_auto_tool_choice=true\noption.tool_call_parser=hermes",
  ],
  [
    "R12",
    "0.36.0",
    "vllm",
    "option.enable_reasoning=true",
    "option.enable_reasoning=true\noption.reasoning_parser=deepseek_r1",
  ],
  ["R13", "0.26.0", "tensorrt-llm", "option.rolling_batch=disable", "option.rolling_batch=auto"],
  ["R14", "0.27.0", "tensorrt-llm", "option.rolling_batch=vllm", "option.rolling_batch=disable"],
  [
    "R15",
    "0.26.0",
    "tensorrt-llm",
    "option.rotary_scaling_factor=2.0",
    "option.rotary_scaling_factor=2.0\noption.rotary_scaling_type=linear",
  ],
  [
    "R16",
    "0.26.0",
    "tensorrt-llm",
    "option.rotary_scaling_factor=1\noption.rotary_scaling_type=linear",
    "option.rotary_scaling_factor=1.1\noption.rotary_scaling_type=linear",
  ],
  [
    "R17",
    "0.26.0",
    "tensorrt-llm",
    "option.model_id=x",
    "option.chatglm_model_version=chatglm3_6b",
    { architecture: "chatglm" },
  ],
  [
    "R18",
    "0.26.0",
    "tensorrt-llm",
    "option.quantize=awq",
    "option.quantize=smoothquant",
    { architecture: "baichuan" },
  ],
  [
    "R19",
    "0.26.0",
    "tensorrt-llm",
    "option.quantize=smoothquant",
    "option.dtype=fp16",
    { architecture: "falcon" },
  ],
  [
    "R20",
    "0.29.0",
    "tensorrt-llm",
    "option.use_fp8_context_fmha=true",
    "option.use_fp8_context_fmha=false",
    { instance: instance("ml.g6.12xlarge") },
  ],
  [
    "R21",
    "0.26.0",
    "tensorrt-llm",
    "option.multi_block_mode=true",
    "option.multi_block_mode=false",
    { architecture: "qwen" },
  ],
  [
    "R22",
    "0.26.0",
    "tensorrt-llm",
    "option.use_fused_mlp=true",
    "option.use_fused_mlp=false",
    { architecture: "mistral" },
  ],
  [
    "R23",
    "0.26.0",
    "deepspeed",
    "option.quantize=smoothquant\noption.dtype=bf16",
    "option.quantize=smoothquant\noption.dtype=fp16",
  ],
  ["R24", "0.26.0", "deepspeed", "option.smoothquant_alpha=1.5", "option.smoothquant_alpha=0.5"],
  ["R25", "0.26.0", "deepspeed", "option.rolling_batch=vllm", "option.rolling_batch=deepspeed"],
  ["R26", "0.26.0", "deepspeed", "option.quantize=awq", "option.quantize=dynamic_int8"],
  [
    "R27",
    "0.26.0",
    "transformers-neuronx",
    "batch_size=4\noption.rolling_batch=auto",
    "batch_size=4\noption.rolling_batch=disable",
  ],
  [
    "R28",
    "0.26.0",
    "transformers-neuronx",
    "option.group_query_attention=shard",
    "option.group_query_attention=replicated-heads",
  ],
  [
    "R29",
    "0.26.0",
    "transformers-neuronx",
    "option.compiled_graph_path=graphs",
    "option.compiled_graph_path=s3://b/graphs",
  ],
  ["R30", "0.26.0", "transformers-neuronx", "option.rolling_batch=vllm", "option.rolling_batch=auto"],
  [
    "R31",
    "0.26.0",
    "hf-accelerate",
    "option.quantize=bitsandbytes8",
    "option.quantize=bitsandbytes8\noption.device_map=auto",
  ],
  [
    "R32",
    "0.26.0",
    "hf-accelerate",
    "option.tensor_parallel_degree=2",
    "option.tensor_parallel_degree=4",
    { instance: instance("ml.g5.12xlarge") },
  ],
  [
    "R33",
    "0.26.0",
    "hf-accelerate",
    "batch_size=2\noption.rolling_batch=disable\noption.enable_streaming=true",
    "batch_size=1\noption.rolling_batch=disable\noption.enable_streaming=true",
  ],
  [
    "R34",
    "0.33.0",
    "vllm",
    "option.async_mode=true\noption.rolling_batch=auto",
    "option.async_mode=true\noption.rolling_batch=disable",
  ],
  ["R35", "0.33.0", "vllm", "option.rolling_batch=lmi-dist", "option.rolling_batch=vllm"],
  [
    "R36",
    "0.36.0",
    "vllm",
    "option.lmcache_auto_config=true\noption.enable_expert_parallel=true",
    "option.lmcache_auto_config=true",
  ],
  [
    "R37",
    "0.26.0",
    "vllm",
    "option.model_loading_timeout=7200",
    "option.model_loading_timeout=1800",
    { startupTimeoutSeconds: 1_800 },
  ],
  [
    "R38",
    "0.26.0",
    "vllm",
    "option.dtype=bf16",
    "option.dtype=fp16",
    { instance: instance("ml.g4dn.xlarge") },
  ],
  [
    "R39",
    "0.26.0",
    "vllm",
    "option.tensor_parallel_degree=8",
    "option.tensor_parallel_degree=4",
    { instance: instance("ml.g5.12xlarge") },
  ],
  [
    "R40",
    "0.26.0",
    "vllm",
    "job_queue_size=10\noption.max_rolling_batch_size=32",
    "job_queue_size=32\noption.max_rolling_batch_size=32",
  ],
  ["R41", "0.28.0", "deepspeed", "engine=DeepSpeed", "engine=Python"],
  [
    "R42",
    "0.27.0",
    "lmi-dist",
    "option.draft_model_tp_size=2\noption.tensor_parallel_degree=4",
    "option.draft_model_tp_size=4\noption.tensor_parallel_degree=4",
  ],
  [
    "R43",
    "0.30.0",
    "transformers-neuronx",
    "option.model_loader=optimum",
    "option.model_loader=optimum\noption.partition_schema=optimum",
  ],
  [
    "R44",
    "0.36.0",
    "vllm",
    "option.lmcache_auto_config=true\nmaxWorkers=2",
    "option.lmcache_auto_config=true\nmaxWorkers=1",
  ],
];

describe("rules", () => {
  it("are all there, each with a check and an example", () => {
    const ids = RULE_ROWS.map(({ id }) => id).toSorted();
    expect(ids).toHaveLength(44);
    expect(Object.keys(RULE_CHECKS).toSorted()).toEqual(ids);
    expect(RULES.map(([id]) => id).toSorted()).toEqual(ids);
  });

  it.each(RULES)("%s in %s for %s", (id, version, backend, broken, kept, more = {}) => {
    const context = { version, backend, ...more };
    expect(check(broken, context)).toContain(id);
    expect(check(kept, context)).not.toContain(id);
  });

  it("hold for variables too", () => {
    const context = { version: "0.26.0", backend: "vllm", startupTimeoutSeconds: 600 } as const;
    const found = validateRules({ "option.model_loading_timeout": "900" }, context);
    expect(found).toMatchObject([{ rule: "R37", from: 0, to: 0 }]);
  });
});

describe("keys and values", () => {
  const vllm = { version: "0.36.0", backend: "vllm" } as const;
  it.each([
    ["option.trust_remote_code=yes", "value"],
    ["option.max_rolling_batch_size=0", "value"],
    ["option.max_rolling_batch_size=many", "value"],
    ["option.gpu_memory_utilization=1.2", "value"],
    ["option.speculative_config={", "value"],
    ["option.model_id=", "value"],
    ["option.max_model_len=1\noption.max_model_len=2", "repetition"],
    ["option.max_model_len=1 ", "blank"],
    ["model_id=x", "unknown"],
    ["option.group_query_attention=shard-over-heads", "backend"],
    ["option.awq_format=int4_awq", "backend"],
    ["option.s3url=s3://b", "version"],
    ["option.brand_new_field=1", "pass-through"],
  ])("%s: %s", (text, rule) => {
    expect(check(text, vllm)).toContain(rule);
  });

  it.each([
    "option.tensor_parallel_degree=max",
    'option.speculative_config={"a": 1}',
    "option.gpu_memory_utilization=.9",
    "option.dtype=bfloat16",
    "engine=Python\noption.rolling_batch=disable\noption.async_mode=true",
  ])("%s is fine", (text) => {
    expect(check(text, vllm)).toEqual([]);
  });

  it.each([
    { version: "0.26.0", backend: "lmi-dist" },
    { version: "0.36.0", backend: "vllm" },
  ] as const)("marks the place, and offers the name that is meant in $version", (context) => {
    const text = "# x\noption.tensor_paralel_degree=max\n";
    const [found] = validateProperties(parseProperties(text), context);
    expect(text.slice(found?.from, found?.to)).toBe("option.tensor_paralel_degree");
    expect(found?.fixes?.[0]?.changes).toEqual({
      "option.tensor_paralel_degree": null,
      "option.tensor_parallel_degree": "max",
    });
  });
});

describe("a method of quantisation that a back end does not have", () => {
  it.each<[string, BackendId, string, boolean]>([
    ["0.29.0", "transformers-neuronx", "awq", true],
    ["0.29.0", "transformers-neuronx", "static_int8", false],
    ["0.26.0", "lmi-dist", "bitsandbytes", false],
    ["0.26.0", "lmi-dist", "squeezellm", true],
    ["0.27.0", "lmi-dist", "squeezellm", false],
    ["0.33.0", "vllm", "anything_vllm_knows", false],
  ])("%s %s %s: %s", (version, backend, method, isMarked) => {
    const found = validateProperties(parseProperties(`option.quantize=${method}\n`), { version, backend });
    expect(found.some(({ message }) => message.endsWith(`here, not ${method}.`))).toBe(isMarked);
  });
});

describe("a name that is still being typed", () => {
  const found = (text: string, context: { version: string; backend: "vllm" | "transformers-neuronx" }) =>
    validateProperties(parseProperties(text), context)[0];

  it("names the options that begin so, in this version and back end", () => {
    const one = found("option.max_=8\n", { version: "0.33.0", backend: "vllm" });
    const labels = one?.fixes?.map(({ label }) => label);
    expect(labels).toContain("Use option.max_model_len");
    expect(labels).toContain("Use option.max_rolling_batch_size");
    expect(labels?.every((label) => label.startsWith("Use option.max_"))).toBe(true);
    expect(one?.message).toMatch(/Options that begin so: .*max_model_len/);
    expect(one?.fixes?.[0]?.changes).toMatchObject({ "option.max_": null });

    const older = found("option.n_pos=8\n", { version: "0.27.0", backend: "transformers-neuronx" });
    expect(older?.message).toBe("Nothing reads option.n_pos. Is option.n_positions meant?");
  });

  it("says nothing of all options for one letter, and takes no short word for another", () => {
    for (const text of ["option.m=1", "option.=1", "option.zz_=1"])
      expect(found(text, { version: "0.26.0", backend: "vllm" })?.fixes ?? []).toEqual([]);
  });
});
