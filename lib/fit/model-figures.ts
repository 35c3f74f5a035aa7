/** How an architecture keeps keys and values: one per head, fewer than heads, one, or a latent vector. */
type AttentionKind = "MHA" | "GQA" | "MQA" | "MLA";

/**
 * The dimensions that memory follows from, as in a model's `config.json`. Null means that no source says; what
 * depends on it is then unknown too.
 */
export type ModelFigures = {
  id: string;
  /** Class name of Transformers, e.g. "LlamaForCausalLM". */
  architecture: string | null;
  modelType: string | null;
  /** Spelling of the back ends' lists, e.g. "llama" or "gpt-neox". */
  architectureKey: string | null;
  /** All parameters; of a mixture of experts every expert's, since all stay in memory. */
  parameters: number | null;
  activeParameters: number | null;
  layers: number | null;
  hiddenSize: number | null;
  intermediateSize: number | null;
  attentionHeads: number | null;
  kvHeads: number | null;
  headDim: number | null;
  attentionKind: AttentionKind | null;
  /** Of latent attention: values cached per token and layer (kv_lora_rank + qk_rope_head_dim). */
  latentWidth: number | null;
  maxContext: number | null;
  vocabularySize: number | null;
  /** Of the published weights, e.g. "bfloat16", "fp8". */
  dtype: string | null;
  slidingWindow: number | null;
  notes: string[];
  sources: string[];
};

/** Hugging Face's `model_type` to the spelling of LMI's lists, where the two differ. */
const SPELLINGS: Readonly<Record<string, string>> = {
  gpt_neox: "gpt-neox",
  gpt_neo: "gpt-neo",
  gptj: "gpt-j",
  gpt_bigcode: "gpt-bigcode",
  RefinedWeb: "falcon",
  RefinedWebModel: "falcon",
  cohere: "command-r",
  deci: "decilm",
  phi_msft: "phi",
  "phi-msft": "phi",
  mixformer: "phi",
};

/** The key that the back ends' lists of architectures use for a `model_type`. */
export function architectureKeyOf(modelType: string): string {
  return SPELLINGS[modelType] ?? modelType;
}
