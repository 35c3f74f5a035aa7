import { logSumExp } from "#lib/classify/log-sum-exp.ts";

/** The logarithms of softmax(logits / temperature), in nats: they never underflow, however sure a model is. */
export function logSoftmax(logits: readonly number[], temperature: number): number[] {
  const scaled = logits.map((logit) => logit / temperature);
  const total = logSumExp(scaled);
  return scaled.map((value) => value - total);
}
