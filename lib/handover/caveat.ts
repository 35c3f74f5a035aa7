/** Stands on everything that leaves the page with a score on it. */
export const CAVEAT =
  "Probabilities say how expected these words were to the model, not how likely they are to be right.";
