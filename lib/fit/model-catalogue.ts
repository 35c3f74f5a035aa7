import { z } from "zod";
import type { ModelFigures } from "./model-figures.ts";
import models from "./models.json" with { type: "json" };

const rowSchema = z.object({
  id: z.string(),
  family: z.string(),
  architecture: z.string(),
  model_type: z.string(),
  params_total: z.number().nullable(),
  params_active: z.number().nullable(),
  layers: z.number().nullable(),
  hidden_size: z.number().nullable(),
  intermediate_size: z.number().nullable(),
  attention_heads: z.number().nullable(),
  kv_heads: z.number().nullable(),
  head_dim: z.number().nullable(),
  attention_kind: z.enum(["MHA", "GQA", "MQA"]).nullable(),
  max_context: z.number().nullable(),
  vocab_size: z.number().nullable(),
  dtype: z.string().nullable(),
  sliding_window: z.number().nullable(),
  sources: z.array(z.string()),
  notes: z.array(z.string()),
  backend_arch_key: z.string().nullable(),
});

/** kv_lora_rank 512 + qk_rope_head_dim 64 (DeepSeek-V3 inference/configs/config_671B.json; V2-Lite the same). */
const LATENT_WIDTHS: Readonly<Record<string, number>> = { deepseek_v2: 576, deepseek_v3: 576 };

/** Models whose dimensions are known. This module brings 50 kB of JSON. */
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
      notes: row.notes,
      sources: row.sources,
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
