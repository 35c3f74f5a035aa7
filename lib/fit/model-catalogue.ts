import * as z from "zod/mini";
import type { ModelFigures } from "./model-figures.ts";
import models from "./models.json" with { type: "json" };

const rowSchema = z.object({
  id: z.string(),
  architecture: z.string(),
  model_type: z.string(),
  params_total: z.nullable(z.number()),
  params_active: z.nullable(z.number()),
  layers: z.nullable(z.number()),
  hidden_size: z.nullable(z.number()),
  intermediate_size: z.nullable(z.number()),
  attention_heads: z.nullable(z.number()),
  kv_heads: z.nullable(z.number()),
  head_dim: z.nullable(z.number()),
  attention_kind: z.nullable(z.enum(["MHA", "GQA", "MQA"])),
  max_context: z.nullable(z.number()),
  vocab_size: z.nullable(z.number()),
  dtype: z.nullable(z.string()),
  sliding_window: z.nullable(z.number()),
  backend_arch_key: z.nullable(z.string()),
});

/** kv_lora_rank 512 + qk_rope_head_dim 64 (DeepSeek-V3 inference/configs/config_671B.json; V2-Lite the same). */
const LATENT_WIDTHS: Readonly<Record<string, number>> = { deepseek_v2: 576, deepseek_v3: 576 };

/** Models whose dimensions are known. This module brings 25 kB of JSON; their sources are apart, in `model-notes.ts`. */
export const MODELS: readonly ModelFigures[] = z
  .object({ models: z.array(rowSchema) })
  .parse(models)
  .models.map((row) => {
    const latentWidth = LATENT_WIDTHS[row.model_type] ?? null;
    return {
      id: row.id,
      architecture: row.architecture,
      modelType: row.model_type,
      architectureKey: row.backend_arch_key,
      parameters: row.params_total,
      activeParameters: row.params_active,
      layers: row.layers,
      hiddenSize: row.hidden_size,
      intermediateSize: row.intermediate_size,
      attentionHeads: row.attention_heads,
      kvHeads: row.kv_heads,
      headDim: row.head_dim,
      attentionKind: latentWidth === null ? row.attention_kind : "MLA",
      latentWidth,
      maxContext: row.max_context,
      vocabularySize: row.vocab_size,
      dtype: row.dtype,
      slidingWindow: row.sliding_window,
      notes: [],
      sources: [],
    };
  });

/** The model of a Hugging Face id, whatever its capitals; null where the catalogue lacks it. */
export function findModel(id: string): ModelFigures | null {
  const wanted = id.trim().toLowerCase();
  return MODELS.find((model) => model.id.toLowerCase() === wanted) ?? null;
}

/** Models whose id has every word of a search, for a picker; all of them for an empty search. */
export function searchModels(text: string): ModelFigures[] {
  const words = text
    .toLowerCase()
    .split(/[\s/]+/)
    .filter(Boolean);
  return MODELS.filter((model) => words.every((word) => model.id.toLowerCase().includes(word)));
}
