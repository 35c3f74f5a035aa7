/** A threshold of probability moves in twentieths, so that marking tokens is a matter of the style sheet. */
export const THRESHOLD_STEPS = 20;

/** Which twentieth a log probability (nats) lies in, 0 to 18; null in the last one, which no threshold reaches. */
export function thresholdStep(logProb: number): number | null {
  const step = Math.floor(Math.exp(Math.min(logProb, 0)) * THRESHOLD_STEPS);
  return step >= THRESHOLD_STEPS - 1 ? null : step;
}

/** How many whole steps lie below a threshold: a token is below it when its step is smaller. */
export function stepsBelow(threshold: number): number {
  return Math.round(threshold * THRESHOLD_STEPS);
}

/** The one rule that marks every token below the threshold, whether it is drawn already or still to come. */
export function renderMarkRule(threshold: number): string {
  const steps = Array.from({ length: stepsBelow(threshold) }, (_, step) => `[data-step="${step}"]`);
  if (steps.length === 0) return "";
  return `.tokens[data-marked] .token:is(${steps.join(",")}){box-shadow:0 2px 0 0 var(--accent)}
@media (forced-colors:active){.tokens[data-marked] .token:is(${steps.join(",")}){outline:1px dashed}}`;
}
