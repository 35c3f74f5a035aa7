/** A token id with the model's raw score for it. */
export type Scored = readonly [id: number, logit: number];

export type SamplingSettings = {
  readonly temperature: number;
  /** 0 or less: no limit. */
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
  readonly presencePenalty: number;
  readonly frequencyPenalty: number;
};

/** The tokens a penalty looks at: how often each was generated, and which stand in the prompt. */
export type History = {
  readonly generated: ReadonlyMap<number, number>;
  readonly prompt: ReadonlySet<number>;
};

/** Natural logarithm of the sum of exponentials of the scores. */
export function logSumExp(scored: readonly Scored[]): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const [, logit] of scored) highest = Math.max(highest, logit);
  let sum = 0;
  for (const [, logit] of scored) sum += Math.exp(logit - highest);
  return highest + Math.log(sum);
}

/** Draws the next token in vLLM's order: penalties, temperature, min-p, top-k, top-p. Temperature 0 takes the best. */
export function pickToken(
  scored: readonly Scored[],
  settings: SamplingSettings,
  history: History,
  random: () => number,
): number {
  const penalised = applyPenalties(scored, settings, history).toSorted(([, left], [, right]) => right - left);
  const best = penalised[0];
  if (best === undefined) {
    throw new Error("a distribution without tokens");
  }
  // vLLM takes temperatures below this as zero, since the division would overflow.
  if (settings.temperature < 1e-5) {
    return best[0];
  }
  // Relative to the best score, so that no exponential overflows.
  const top = best[1];
  let weighted = penalised.map(
    ([id, logit]) => [id, Math.exp((logit - top) / settings.temperature)] as const,
  );
  // The best token has weight 1 here, so min-p is a bound on the weight itself.
  weighted = weighted.filter(([, weight]) => weight >= settings.minP);
  if (settings.topK > 0) {
    weighted = weighted.slice(0, settings.topK);
  }
  return draw(keepTopP(weighted, settings.topP), random);
}

function applyPenalties(scored: readonly Scored[], settings: SamplingSettings, history: History): Scored[] {
  const { repetitionPenalty, presencePenalty, frequencyPenalty } = settings;
  if (repetitionPenalty === 1 && presencePenalty === 0 && frequencyPenalty === 0) {
    return [...scored];
  }
  return scored.map(([id, logit]) => {
    const count = history.generated.get(id) ?? 0;
    const seen = count > 0 || history.prompt.has(id);
    const repeated = !seen ? logit : logit > 0 ? logit / repetitionPenalty : logit * repetitionPenalty;
    // Only what was generated counts for the other two, the prompt does not.
    return [id, repeated - frequencyPenalty * count - (count > 0 ? presencePenalty : 0)];
  });
}

function keepTopP(weighted: readonly Scored[], topP: number): readonly Scored[] {
  if (topP >= 1) {
    return weighted;
  }
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  let before = 0;
  // The token that crosses the bound is still in.
  return weighted.filter(([, weight]) => {
    const kept = before < topP * total;
    before += weight;
    return kept;
  });
}

function draw(weighted: readonly Scored[], random: () => number): number {
  let rest = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [id, weight] of weighted) {
    rest -= weight;
    if (rest < 0) return id;
  }
  // Rounding may leave a sliver above the last weight.
  return weighted.at(-1)?.[0] ?? 0;
}
