import type { ModelFigures } from "./model-figures.ts";

/** Ways to hold weights; "none" is the sixteen bits of fp16 and bf16. */
export const WEIGHT_FORMATS = ["fp32", "none", "int8", "smoothquant", "fp8", "awq", "gptq"] as const;
export type WeightFormat = (typeof WEIGHT_FORMATS)[number];

/**
 * Bytes of a parameter: LMI's guide for 32, 16 and 8 bits. It gives none for four bits: 0.5, and for each group
 * of 128 weights (the group of the published AWQ and GPTQ checkpoints) a scale of 16 bits and a zero of 4.
 */
const BYTES: Record<WeightFormat, number> = {
  fp32: 4,
  none: 2,
  int8: 1,
  smoothquant: 1,
  fp8: 1,
  awq: 0.5 + 20 / 8 / 128,
  gptq: 0.5 + 20 / 8 / 128,
};

/**
 * Bytes of the weights, all experts included; null where the parameters are not known. Four-bit formats leave
 * the embedding and the output head in sixteen bits, counted as two tables where the vocabulary is known: at
 * most that, since many models share one.
 */
export function weightsBytes(model: ModelFigures, format: WeightFormat): number | null {
  const { parameters, vocabularySize, hiddenSize } = model;
  if (parameters === null) return null;
  const whole = parameters * BYTES[format];
  if (format !== "awq" && format !== "gptq") return whole;
  const tables = 2 * (vocabularySize ?? 0) * (hiddenSize ?? 0);
  return whole + Math.min(tables, parameters) * (BYTES.none - BYTES[format]);
}

/**
 * Bytes of keys and values a token takes in the whole model: 2 × bytes × layers × KV heads × head size, or for
 * latent attention bytes × layers × latent width. An upper bound where layers look only at a window, and for T5
 * the decoder's own, without what each token of the prompt adds. Null where a dimension is not known.
 */
export function kvBytesPerToken(model: ModelFigures, bytesPerValue = 2): number | null {
  return kvBytesPerTokenAndRank(model, 1, bytesPerValue);
}

/**
 * The same on one of `degree` devices. A device holds at least one KV head, so more devices than heads hold
 * copies; a latent cache is whole on each (vLLM, ModelConfig.get_num_kv_heads).
 */
export function kvBytesPerTokenAndRank(
  model: ModelFigures,
  degree: number,
  bytesPerValue = 2,
): number | null {
  const { layers, kvHeads, headDim, hiddenSize, latentWidth, attentionKind } = model;
  if (layers === null) return null;
  if (latentWidth !== null) return bytesPerValue * layers * latentWidth;
  if (kvHeads !== null && headDim !== null)
    return 2 * bytesPerValue * layers * Math.max(1, Math.floor(kvHeads / degree)) * headDim;
  // Plain attention keeps as many values as the hidden state has, however many heads share them.
  if (attentionKind === "MHA" && hiddenSize !== null)
    return (2 * bytesPerValue * layers * hiddenSize) / degree;
  return null;
}

/** 2 × bytes × layers × hidden size, which LMI's instance guide prints for every model. */
export function kvBytesPerTokenInGuide(model: ModelFigures, bytesPerValue = 2): number | null {
  const { layers, hiddenSize } = model;
  return layers === null || hiddenSize === null ? null : 2 * bytesPerValue * layers * hiddenSize;
}

/** How LMI's guide and the right figure differ, in a sentence; null where they agree or one is unknown. */
export function explainGuideFormula(model: ModelFigures): string | null {
  const [right, guide] = [kvBytesPerToken(model), kvBytesPerTokenInGuide(model)];
  if (right === null || guide === null || right === guide) return null;
  const times = guide > right ? guide / right : right / guide;
  const factor = `${Number(times.toFixed(2))}`;
  if (model.attentionKind === "MLA")
    return `LMI's guide multiplies by the hidden size, ${factor} times too much: this model caches one latent vector.`;
  return guide > right
    ? `LMI's guide multiplies by the hidden size, ${factor} times too much: ${model.attentionHeads ?? "its"} heads share ${model.kvHeads ?? "fewer"} for keys and values.`
    : `LMI's guide multiplies by the hidden size, ${factor} times too little: heads × head size is larger here.`;
}

/**
 * Working memory of one forward pass on one device, in bytes of sixteen-bit values: for each token of a prefill
 * the residual and attention rows (4 × hidden) and both halves of the feed-forward layer, and a row of
 * thirty-two-bit logits for each sequence. An estimate of ours from the dimensions; engines measure theirs at
 * start-up. Null where a dimension is not known.
 */
export function activationBytes(
  model: ModelFigures,
  { prefillTokens, sequences, degree }: { prefillTokens: number; sequences: number; degree: number },
): number | null {
  const { hiddenSize, intermediateSize, vocabularySize } = model;
  if (hiddenSize === null) return null;
  const wide = intermediateSize ?? 4 * hiddenSize;
  const rows = prefillTokens * 2 * (4 * hiddenSize + (2 * wide) / degree);
  return rows + sequences * 4 * ((vocabularySize ?? 0) / degree);
}

/** Tensor-parallel degrees up to `devices` that give each device whole attention heads, smallest first. */
export function dividingDegrees(model: ModelFigures, devices: number): number[] {
  const { attentionHeads } = model;
  const degrees = Array.from({ length: devices }, (_, index) => index + 1);
  return attentionHeads === null
    ? []
    : degrees.filter((degree) => attentionHeads % degree === 0 && devices % degree === 0);
}

/** The context that RoPE scaling stretches the trained one to; null where that is not known. */
export function scaledContext(model: ModelFigures, factor: number): number | null {
  return model.maxContext === null ? null : Math.floor(model.maxContext * factor);
}
