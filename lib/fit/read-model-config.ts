import * as z from "zod/mini";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { architectureKeyOf, type ModelFigures } from "./model-figures.ts";

const configSchema = z.record(z.string(), z.json());
type Config = z.output<typeof configSchema>;

/** Names that architectures give the same dimension, the usual one first. */
const NAMES = {
  layers: ["num_hidden_layers", "n_layer", "n_layers", "num_layers"],
  hiddenSize: ["hidden_size", "n_embd", "d_model"],
  intermediateSize: ["intermediate_size", "n_inner", "ffn_hidden_size", "ffn_dim", "d_ff"],
  attentionHeads: ["num_attention_heads", "n_head", "n_heads", "num_heads"],
  kvHeads: ["num_key_value_heads", "num_kv_heads", "n_head_kv", "multi_query_group_num"],
  headDim: ["head_dim", "d_kv", "kv_channels", "attention_head_size"],
  maxContext: ["max_position_embeddings", "n_positions", "max_sequence_length", "seq_length", "max_seq_len"],
  vocabularySize: ["vocab_size", "padded_vocab_size"],
  experts: ["num_local_experts", "num_experts", "n_routed_experts"],
} as const;

/** Layers of a gated feed-forward net and no biases but Qwen2's: their parameters can be counted exactly. */
const COUNTABLE = ["llama", "mistral", "mixtral", "qwen2", "qwen3", "gemma"];

/**
 * Reads a pasted `config.json` of Transformers. What it does not say stays null; the number of parameters is
 * counted where the architecture allows it and is the person's to give otherwise. Fails with `invalid` for text
 * that is no such configuration.
 */
export function readModelConfig(text: string, id = "your model"): Result<ModelFigures> {
  const whole = parseJson(text);
  if (!whole) return refuse("This is not the JSON of a config.json.");
  // Models that also see have the language model's dimensions one level down.
  const inner = configSchema.safeParse(whole.text_config ?? whole.llm_config);
  const config = inner.success ? { ...whole, ...inner.data } : whole;
  const layers = numberOf(config, NAMES.layers);
  const hiddenSize = numberOf(config, NAMES.hiddenSize);
  if (layers === null && hiddenSize === null)
    return refuse(
      "This JSON has neither a number of layers nor a hidden size: it is no model's config.json.",
    );
  const modelType = typeof whole.model_type === "string" ? whole.model_type : null;
  const attentionHeads = numberOf(config, NAMES.attentionHeads);
  const kvHeads = kvHeadsOf(config, attentionHeads);
  const figures: ModelFigures = {
    id,
    architecture: firstText(whole.architectures),
    modelType,
    architectureKey: modelType && architectureKeyOf(modelType),
    parameters: null,
    activeParameters: null,
    layers,
    hiddenSize,
    intermediateSize: numberOf(config, NAMES.intermediateSize),
    attentionHeads,
    kvHeads,
    headDim: headDimOf(config, hiddenSize, attentionHeads),
    attentionKind: attentionKind(config, attentionHeads, kvHeads),
    latentWidth: latentWidthOf(config),
    maxContext: numberOf(config, NAMES.maxContext),
    vocabularySize: numberOf(config, NAMES.vocabularySize),
    dtype: firstText([config.torch_dtype, config.dtype]),
    slidingWindow: config.use_sliding_window === false ? null : numberOf(config, ["sliding_window"]),
    notes: notesOf(config),
    sources: ["the config.json you pasted"],
  };
  return succeed({ ...figures, parameters: countParameters(figures, config) });
}

/** Figures that memory needs and the model lacks, in words, for a form that asks for them. */
export function missingFigures(model: ModelFigures): { key: keyof ModelFigures; label: string }[] {
  const isLatent = model.latentWidth !== null;
  const wanted: [keyof ModelFigures, string, boolean][] = [
    ["parameters", "number of parameters", true],
    ["layers", "number of layers", true],
    ["hiddenSize", "hidden size", true],
    ["attentionHeads", "attention heads", true],
    ["kvHeads", "key/value heads", !isLatent],
    ["headDim", "head size", !isLatent],
  ];
  return wanted
    .filter(([key, , isNeeded]) => isNeeded && model[key] === null)
    .map(([key, label]) => ({ key, label }));
}

/** Exact for the architectures in COUNTABLE; null for any other, whose layers this does not know. */
function countParameters(model: ModelFigures, config: Config): number | null {
  const {
    modelType,
    layers,
    hiddenSize,
    intermediateSize,
    attentionHeads,
    kvHeads,
    headDim,
    vocabularySize,
  } = model;
  if (!modelType || !COUNTABLE.includes(modelType)) return null;
  if (
    !layers ||
    !hiddenSize ||
    !intermediateSize ||
    !attentionHeads ||
    !kvHeads ||
    !headDim ||
    !vocabularySize
  )
    return null;
  const experts = numberOf(config, NAMES.experts) ?? 1;
  const queries = attentionHeads * headDim;
  const keys = kvHeads * headDim;
  const biases = modelType === "qwen2" || config.attention_bias === true ? queries + 2 * keys : 0;
  const headNorms = modelType === "qwen3" ? 2 * headDim : 0;
  const router = experts > 1 ? hiddenSize * experts : 0;
  const attention = 2 * hiddenSize * queries + 2 * hiddenSize * keys + biases + headNorms;
  const layer = attention + experts * 3 * hiddenSize * intermediateSize + router + 2 * hiddenSize;
  const isTied =
    config.tie_word_embeddings === true || (modelType === "gemma" && config.tie_word_embeddings !== false);
  return layers * layer + vocabularySize * hiddenSize * (isTied ? 1 : 2) + hiddenSize;
}

function kvHeadsOf(config: Config, attentionHeads: number | null): number | null {
  // Falcon's first generation: one head for all, unless the newer decoder says how many.
  if (config.multi_query === true && config.new_decoder_architecture !== true) return 1;
  return numberOf(config, NAMES.kvHeads) ?? attentionHeads;
}

function headDimOf(config: Config, hiddenSize: number | null, heads: number | null): number | null {
  const given = numberOf(config, NAMES.headDim);
  if (given !== null) return given;
  return hiddenSize !== null && heads !== null && hiddenSize % heads === 0 ? hiddenSize / heads : null;
}

function latentWidthOf(config: Config): number | null {
  const rank = numberOf(config, ["kv_lora_rank"]);
  return rank === null ? null : rank + (numberOf(config, ["qk_rope_head_dim"]) ?? 0);
}

function attentionKind(
  config: Config,
  heads: number | null,
  kvHeads: number | null,
): ModelFigures["attentionKind"] {
  if (latentWidthOf(config) !== null) return "MLA";
  if (heads === null || kvHeads === null) return null;
  if (kvHeads === heads) return "MHA";
  return kvHeads === 1 ? "MQA" : "GQA";
}

function notesOf(config: Config): string[] {
  const scaling = configSchema.safeParse(config.rope_scaling);
  const quantization = configSchema.safeParse(config.quantization_config);
  return [
    ...(scaling.success
      ? [`The context is stretched by RoPE scaling: ${JSON.stringify(scaling.data)}.`]
      : []),
    ...(quantization.success && typeof quantization.data.quant_method === "string"
      ? [`The weights are quantised already (${quantization.data.quant_method}).`]
      : []),
  ];
}

function numberOf(config: Config, names: readonly string[]): number | null {
  for (const name of names) {
    const value = config[name];
    if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  }
  return null;
}

function firstText(values: unknown): string | null {
  const list: unknown[] = Array.isArray(values) ? values : [];
  return list.find((value): value is string => typeof value === "string") ?? null;
}

function parseJson(text: string): Config | null {
  try {
    return configSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function refuse(message: string): Result<never> {
  const hint = "Paste the file config.json of the model's page on the Hugging Face Hub.";
  return fail({ code: "invalid", message, hint, field: "modelConfig" });
}
