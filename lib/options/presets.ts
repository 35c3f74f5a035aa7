import { isVersionIn } from "#lib/lmi/versions.ts";
import type { OptionContext } from "./rule-facts.ts";

/** A ready change of options with what it costs; figures only where a source has them. */
type OptionPreset = {
  id: string;
  title: string;
  summary: string;
  /** What it does to memory and speed, for people. */
  effect: string;
  changes: Record<string, string | null>;
  source: string;
};

/** A preset, or the reason why it does not apply in this place. */
export type PresetChoice = { preset: OptionPreset; problem: string | null };

type Condition = (context: OptionContext) => string | null;

const POST = "LMI 0.26.0 release post";
const TRT_GUIDE = "djl-serving user_guides/trt_llm_user_guide.md";

/** Compiling at start-up: the tutorial's figure for models of 40 and 70 thousand million parameters. */
export const JIT_MINUTES = { least: 7, source: "djl-serving tutorials/trtllm_aot_tutorial.md" } as const;
/** Compiling Llama-2 70B for Neuron. */
export const NEURON_MINUTES = { about: 70, source: "djl-serving user_guides/tnx_user_guide.md" } as const;

const PRESETS: readonly (OptionPreset & { condition: Condition })[] = [
  {
    id: "rope-linear",
    title: "RoPE scaling, linear × 2",
    summary: "Twice the trained context without fine-tuning.",
    effect: "Perplexity rises, and each long request takes its tokens' cache: fewer at once.",
    changes: { "option.rotary_scaling_type": "linear", "option.rotary_scaling_factor": "2.0" },
    source: POST,
    condition: (context) =>
      needs(context, "tensorrt-llm", "0.26.0-0.33.0") ?? models(context, ["llama", "qwen", "internlm"]),
  },
  {
    id: "rope-dynamic",
    title: "RoPE scaling, dynamic × 2",
    summary: "Stretches only requests that are longer than the trained context.",
    effect: "Short requests stay as they were; long ones take their tokens' cache.",
    changes: { "option.rotary_scaling_type": "dynamic", "option.rotary_scaling_factor": "2.0" },
    source: POST,
    condition: (context) =>
      needs(context, "tensorrt-llm", "0.26.0-0.33.0") ?? models(context, ["llama", "qwen", "internlm"]),
  },
  {
    id: "smoothquant",
    title: "SmoothQuant, per token and channel",
    summary: "Eight-bit weights and activations, with factors of their own for tokens and channels.",
    effect: "Weights take half; compiling takes longer. Without the two factors it is faster and less exact.",
    changes: {
      "option.quantize": "smoothquant",
      "option.smoothquant_alpha": "0.8",
      "option.smoothquant_per_token": "true",
      "option.smoothquant_per_channel": "true",
    },
    source: TRT_GUIDE,
    condition: (context) =>
      needs(context, "tensorrt-llm", "0.25.0-0.33.0") ??
      models(
        context,
        context.version === "0.25.0" ? ["llama"] : ["llama", "mistral", "internlm", "baichuan"],
      ),
  },
  {
    id: "smoothquant-deepspeed",
    title: "SmoothQuant with DeepSpeed",
    summary: "Eight bits at load time; alpha is best left to DeepSpeed.",
    effect: "Weights take half. Not with bf16.",
    changes: { "option.quantize": "smoothquant", "option.dtype": "fp16", "option.smoothquant_alpha": null },
    source: "djl-serving user_guides/deepspeed_user_guide.md",
    condition: (context) =>
      needs(context, "deepspeed", "0.25.0-0.27.0") ??
      models(context, ["gpt2", "gpt-j", "gpt-neo", "gpt-neox", "bloom", "llama"]),
  },
  {
    id: "awq-trtllm",
    title: "AWQ while compiling",
    summary: "Four-bit weights, calibrated at start-up.",
    effect: "Weights take about a quarter; start-up takes longer.",
    changes: { "option.quantize": "awq" },
    source: TRT_GUIDE,
    condition: (context) =>
      needs(context, "tensorrt-llm", "0.26.0-0.33.0") ?? models(context, ["llama", "mistral"]),
  },
  {
    id: "awq",
    title: "AWQ checkpoint",
    summary: "For weights that were published in AWQ.",
    effect:
      "Weights take about a quarter. From 0.30 leave it unset: the engine then picks its faster kernels.",
    changes: { "option.quantize": "awq", "option.dtype": null },
    source: "djl-serving user_guides/vllm_user_guide.md",
    condition: (context) => needsOneOf(context, { vllm: "0.25.0-0.29.0", "lmi-dist": "0.26.0-0.29.0" }),
  },
  {
    id: "gptq",
    title: "GPTQ checkpoint",
    summary: "For weights that were published in GPTQ.",
    effect:
      "Weights take about a quarter. From 0.30 leave it unset: the engine then picks its faster kernels.",
    changes: { "option.quantize": "gptq", "option.dtype": null },
    source: "djl-serving user_guides/lmi-dist_user_guide.md",
    condition: (context) => needsOneOf(context, { vllm: "0.27.0-0.29.0", "lmi-dist": "0.25.0-0.29.0" }),
  },
  {
    id: "fp8",
    title: "FP8",
    summary: "Eight-bit floats, on accelerators that compute in them.",
    effect: "Weights take half.",
    changes: { "option.quantize": "fp8" },
    source: "djl-serving user_guides",
    condition: (context) =>
      needsOneOf(context, {
        vllm: "0.29.0-",
        "lmi-dist": "0.29.0-0.32.0",
        "tensorrt-llm": "0.28.0-0.33.0",
      }) ??
      (context.backend === "tensorrt-llm"
        ? models(context, ["llama", "mistral", "mixtral", "baichuan", "gemma", "gpt2"])
        : null) ??
      (context.instance?.hasFp8 === false ? `${context.instance.name} does not compute in fp8.` : null),
  },
  {
    id: "enforce-eager",
    title: "No CUDA graphs",
    summary: "Runs each step eagerly.",
    effect: "Frees the graphs' memory, which no document quantifies; up to 50 % slower, by the release post.",
    changes: { "option.enforce_eager": "true" },
    source: POST,
    // 0.26.0 advertises it, and its handler never hands it on.
    condition: (context) => needsOneOf(context, { vllm: "0.27.0-", "lmi-dist": "0.27.0-0.32.0" }),
  },
  {
    id: "cuda-graphs",
    title: "CUDA graphs",
    summary: "Steps are recorded once and replayed.",
    effect: "Up to 50 % faster by the release post, for memory that no document quantifies.",
    changes: { "option.enforce_eager": null },
    source: POST,
    condition: (context) => needsOneOf(context, { vllm: "0.26.0-", "lmi-dist": "0.27.0-0.32.0" }),
  },
  {
    id: "neuron-gqa",
    title: "Grouped queries sharded over heads",
    summary: "Each NeuronCore keeps the cache of its own heads.",
    effect: "A smaller cache on each core, hence more requests at once.",
    changes: { "option.group_query_attention": "shard-over-heads" },
    source: POST,
    condition: (context) =>
      needs(context, "transformers-neuronx", "0.26.0-0.34.0") ?? models(context, ["llama", "mistral"]),
  },
  ...([4, 8] as const).map((degree) => ({
    id: `collectives-${degree}`,
    title: `AWS's collectives over ${degree} accelerators`,
    summary: "LMI-Dist's own exchange between the accelerators of p4d.",
    effect: degree === 4 ? "Leaves four accelerators for another component." : "All eight serve one model.",
    changes: { engine: "MPI", "option.tensor_parallel_degree": String(degree) },
    source: POST,
    condition: (context: OptionContext) =>
      needs(context, "lmi-dist", degree === 4 ? "0.26.0-0.32.0" : "0.25.0-0.32.0") ??
      (context.instance && context.instance.family !== "p4d" ? "Only p4d has these collectives." : null),
  })),
];

/** Every preset for a place, those that do not apply with the reason. */
export function listPresets(context: OptionContext): PresetChoice[] {
  return PRESETS.map(({ condition, ...preset }) => ({ preset, problem: condition(context) }));
}

function needs(context: OptionContext, backend: string, versions: string): string | null {
  return needsOneOf(context, { [backend]: versions });
}

function needsOneOf(
  { backend, version }: OptionContext,
  versions: Readonly<Record<string, string>>,
): string | null {
  const range = versions[backend];
  if (range === undefined) return `Only ${Object.keys(versions).join(", ")} has it.`;
  return isVersionIn(version, range) ? null : `${backend} has it in ${range}; this is ${version}.`;
}

function models({ architecture }: OptionContext, names: readonly string[]): string | null {
  return architecture == null || names.includes(architecture) ? null : `Only for ${names.join(", ")}.`;
}
