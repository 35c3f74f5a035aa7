/** A share of 1 as people read it, never a rounded 100 % that is not. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 99.95 && share < 1) return "> 99.9 %";
  if (percent < 0.05 && share > 0) return "< 0.1 %";
  return `${Number(percent.toFixed(1))} %`;
}

/** A score of a classifier: three decimals tell two prompts apart. */
export function formatLoss(value: number): string {
  return value.toFixed(3);
}

export const DEFINITIONS = {
  accuracy: "The share of answered rows whose likeliest label is the one in the table.",
  logLoss:
    "The mean of −ln p over the rows, p being the probability of the right label among the labels, in nats. 0 is perfect; always saying the same even chance costs ln of the number of labels. A single sure mistake costs a lot.",
  brier:
    "The mean over the rows of the sum over all labels of (probability − 1 for the right label, − 0 for the others)². 0 is perfect, 2 the worst.",
  calibrationError:
    "Expected calibration error: rows are put into ten bins by the probability of their likeliest label; in each bin the share of right rows is held against the mean of those probabilities; the differences are averaged, weighted by rows. 0: what the model calls 80 % is right in 80 of 100 rows.",
  temperature:
    "Label log probabilities are divided by it before they are made to add up to 1. It is the value that gives the right labels of the fitting half the highest likelihood. Above 1 the model was too sure of itself, below 1 not sure enough. It never changes which label is the likeliest.",
  unseen:
    "1 minus all probability that the wire showed at the beginning of the answer: nobody knows which words it went to. Labels that were not seen share it, each at most as probable as the least likely token that was.",
  elsewhere: "Probability of beginnings that were seen and are no label.",
  probability:
    "The probability of the predicted label among the labels: what the model gave to all variants of it, over what it gave to all labels. Not the chance of being right, unless it is calibrated.",
} as const;
