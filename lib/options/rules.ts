import type { RuleFacts } from "./rule-facts.ts";

/** The keys at fault, the first of which is marked; null where the rule is kept. */
type Check = (facts: RuleFacts) => readonly string[] | null;

const QUANTIZE = "option.quantize";
const ROLLING = "option.rolling_batch";
const DEGREE = "option.tensor_parallel_degree";
const DRAFT = "option.speculative_draft_model";

/** Native names of vLLM that LMI has names of its own for (vllm_rb_properties.py). */
const NATIVE = [
  ["option.tensor_parallel_size", DEGREE],
  ["option.pipeline_parallel_size", "option.pipeline_parallel_degree"],
  ["option.max_num_seqs", "option.max_rolling_batch_size"],
] as const;

const VLLM_DTYPES = ["fp32", "fp16", "bf16", "float32", "float16", "bfloat16", "auto"];
const SHARDINGS = ["shard-over-heads", "shard-over-batch", "replicated-heads", "all-gather-heads"];

/** One check for each row of `validation_rules`, by its id. Which versions and back ends is the row's to say. */
export const RULE_CHECKS: Readonly<Record<string, Check>> = {
  R01: (facts) => ifAll(facts.get("option.dtype"), facts.get(QUANTIZE)) && [QUANTIZE, "option.dtype"],
  // Unset is 1 only if the accelerators are one; a number other than 1, or max, needs mpirun.
  R02: (facts) =>
    facts.get(DEGREE) !== null && facts.get(DEGREE) !== "1" && !facts.isMpi ? ["engine", DEGREE] : null,
  R03: (facts) => (facts.engine !== null && !facts.isMpi ? ["engine", "option.mpi_mode"] : null),
  R04: (facts) =>
    ifAll(facts.isTrue("option.enable_lora"), facts.get(DRAFT)) && [DRAFT, "option.enable_lora"],
  R05: (facts) =>
    ifAll(facts.get("option.load_format") === "sagemaker_fast_model_loader", facts.get(DRAFT)) && [
      DRAFT,
      "option.load_format",
    ],
  R06: (facts) => (facts.engine !== null && facts.engine !== "Python" ? ["engine"] : null),
  R07: (facts) => {
    const degree = facts.get("option.pipeline_parallel_degree");
    return degree !== null && degree !== "1" ? ["option.pipeline_parallel_degree"] : null;
  },
  R08: (facts) =>
    ifAll(facts.get("option.speculative_model"), !facts.isTrue("option.use_v2_block_manager")) && [
      "option.speculative_model",
      "option.use_v2_block_manager",
    ],
  R09: (facts) => {
    const pair = NATIVE.find(([native, own]) => {
      const [left, right] = [facts.get(native), facts.get(own)];
      return left !== null && right !== null && left !== right;
    });
    return pair ?? null;
  },
  R10: (facts) => {
    const dtype = facts.get("option.dtype");
    return dtype !== null && !VLLM_DTYPES.includes(dtype) ? ["option.dtype"] : null;
  },
  // Which parsers are registered depends on the vLLM inside; a missing one is wrong in all of them.
  R11: (facts) =>
    ifAll(facts.isTrue("option.enable_auto_tool_choice"), facts.get("option.tool_call_parser") === null) && [
      "option.enable_auto_tool_choice",
      "option.tool_call_parser",
    ],
  R12: (facts) =>
    ifAll(facts.isTrue("option.enable_reasoning"), facts.get("option.reasoning_parser") === null) && [
      "option.enable_reasoning",
      "option.reasoning_parser",
    ],
  R13: (facts) => (facts.get(ROLLING) === "disable" ? [ROLLING] : null),
  R14: (facts) => outside(facts, ROLLING, ["auto", "trtllm", "disable"]),
  R15: (facts) => {
    const [type, factor] = ["option.rotary_scaling_type", "option.rotary_scaling_factor"];
    if ((facts.get(type) === null) === (facts.get(factor) === null)) return null;
    return facts.get(type) === null ? [factor, type] : [type, factor];
  },
  R16: (facts) => {
    const factor = facts.number("option.rotary_scaling_factor");
    return factor !== null && factor <= 1 ? ["option.rotary_scaling_factor"] : null;
  },
  R17: (facts) =>
    ifAll(isModel(facts, "chatglm"), facts.get("option.chatglm_model_version") === null) && [
      "option.model_id",
      "option.chatglm_model_version",
    ],
  R18: (facts) => jitQuantize(facts, "awq", ["llama", "mistral"]),
  R19: (facts) => jitQuantize(facts, "smoothquant", ["llama", "mistral", "internlm", "baichuan"]),
  R20: (facts) =>
    facts.isTrue("option.use_fp8_context_fmha") && facts.instance && !facts.instance.family.startsWith("p5")
      ? ["option.use_fp8_context_fmha"]
      : null,
  R21: (facts) =>
    ifAll(facts.isTrue("option.multi_block_mode"), isModel(facts, "qwen", "qwen2")) && [
      "option.multi_block_mode",
    ],
  R22: (facts) =>
    facts.isTrue("option.use_fused_mlp") && facts.architecture && !isModel(facts, "llama")
      ? ["option.use_fused_mlp"]
      : null,
  R23: (facts) =>
    ifAll(facts.get(QUANTIZE) === "smoothquant", facts.get("option.dtype") === "bf16") && [
      "option.dtype",
      QUANTIZE,
    ],
  R24: (facts) => {
    const alpha = facts.number("option.smoothquant_alpha");
    return alpha !== null && (alpha < 0 || alpha > 1) ? ["option.smoothquant_alpha"] : null;
  },
  R25: (facts) => outside(facts, ROLLING, ["auto", "deepspeed", "disable"]),
  R26: (facts) => outside(facts, QUANTIZE, ["dynamic_int8", "smoothquant"]),
  R27: (facts) => {
    const rolling = facts.get(ROLLING);
    return (
      ifAll((facts.number("batch_size") ?? 1) > 1, rolling !== null && rolling !== "disable") && [
        "batch_size",
        ROLLING,
      ]
    );
  },
  R28: (facts) => outside(facts, "option.group_query_attention", SHARDINGS),
  // A relative path cannot be one of the container's; whether an absolute one exists only it can tell.
  R29: (facts) => {
    const path = facts.get("option.compiled_graph_path");
    return path !== null && !/^(s3:\/\/|\/)/.test(path) ? ["option.compiled_graph_path"] : null;
  },
  R30: (facts) => outside(facts, ROLLING, ["auto", "disable"]),
  R31: (facts) =>
    ifAll(/^bitsandbytes[48]$/.test(facts.get(QUANTIZE) ?? ""), facts.get("option.device_map") === null) && [
      QUANTIZE,
      "option.device_map",
    ],
  R32: (facts) => {
    const degree = facts.number(DEGREE);
    const devices = facts.instance?.devices ?? null;
    return degree !== null && degree > 0 && devices !== null && degree !== devices ? [DEGREE] : null;
  },
  R33: (facts) =>
    ifAll(
      (facts.number("batch_size") ?? 1) > 1,
      facts.get(ROLLING) === "disable",
      !["false", null].includes(facts.get("option.enable_streaming")),
    ) && ["option.enable_streaming", "batch_size", ROLLING],
  R34: (facts) => {
    if (!facts.isTrue("option.async_mode")) return null;
    const rolling = facts.get(ROLLING);
    // Unset and auto resolve to disable from 0.35, and to vllm before.
    const resolved = rolling === null || rolling === "auto";
    if (rolling === "disable" || (resolved && !/^0\.3[34]\./.test(facts.version))) return null;
    return rolling === null ? ["option.async_mode", ROLLING] : [ROLLING, "option.async_mode"];
  },
  R35: (facts) => (facts.get(ROLLING) === "lmi-dist" ? [ROLLING] : null),
  R36: (facts) => {
    if (!facts.isTrue("option.lmcache_auto_config")) return null;
    const other =
      facts.get("option.lmcache_config_file") !== null
        ? "option.lmcache_config_file"
        : facts.isTrue("option.enable_expert_parallel")
          ? "option.enable_expert_parallel"
          : null;
    return other && [other, "option.lmcache_auto_config"];
  },
  R37: (facts) => {
    const loading = facts.number("option.model_loading_timeout");
    const check = facts.startupTimeoutSeconds ?? null;
    return loading !== null && check !== null && check < loading ? ["option.model_loading_timeout"] : null;
  },
  R38: (facts) =>
    /^(bf16|bfloat16)$/.test(facts.get("option.dtype") ?? "") && facts.instance?.hasBf16 === false
      ? ["option.dtype"]
      : null,
  R39: (facts) => {
    const degree = facts.number(DEGREE);
    const devices = facts.instance?.devices ?? null;
    return degree !== null && devices !== null && degree > devices ? [DEGREE] : null;
  },
  R40: (facts) => {
    const batch = facts.number("option.max_rolling_batch_size");
    const queue = facts.number("job_queue_size") ?? DEFAULT_QUEUE;
    if (batch === null || queue >= batch) return null;
    return facts.get("job_queue_size") === null
      ? ["option.max_rolling_batch_size", "job_queue_size"]
      : ["job_queue_size", "option.max_rolling_batch_size"];
  },
  R41: (facts) => {
    if (facts.engine === "DeepSpeed") return ["engine"];
    return facts.get("option.entryPoint") === "djl_python.deepspeed" ? ["option.entryPoint"] : null;
  },
  R42: (facts) => {
    const draft = facts.get("option.draft_model_tp_size");
    return draft !== null && draft !== "1" && draft !== facts.get(DEGREE)
      ? ["option.draft_model_tp_size"]
      : null;
  },
  R43: (facts) => {
    const isOptimum = facts.get("option.partition_schema") === "optimum";
    const loader = facts.get("option.model_loader");
    const wrong = (loader === "optimum" && !isOptimum) || (loader === "tnx" && isOptimum);
    return wrong ? ["option.model_loader", "option.partition_schema"] : null;
  },
  R44: (facts) =>
    ifAll(facts.isTrue("option.lmcache_auto_config"), (facts.number("maxWorkers") ?? 1) > 1) && [
      "maxWorkers",
      "option.lmcache_auto_config",
    ],
};

/** job_queue_size where nobody sets it (configurations.md). */
const DEFAULT_QUEUE = 1_000;

function ifAll(...conditions: readonly (boolean | string | null)[]): true | null {
  return conditions.every((condition) => condition !== null && condition !== false) ? true : null;
}

function outside(facts: RuleFacts, key: string, allowed: readonly string[]): readonly string[] | null {
  const value = facts.get(key);
  return value !== null && !allowed.includes(value) ? [key] : null;
}

function isModel(facts: RuleFacts, ...architectures: readonly string[]): boolean {
  return facts.architecture != null && architectures.includes(facts.architecture);
}

/** An engine compiled ahead of time has been quantised already; only the model's id says it is not one. */
function jitQuantize(facts: RuleFacts, method: string, models: readonly string[]): readonly string[] | null {
  if (facts.get(QUANTIZE) !== method || facts.architecture == null) return null;
  return isModel(facts, ...models) ? null : [QUANTIZE];
}
