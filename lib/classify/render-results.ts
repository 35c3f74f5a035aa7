import Papa from "papaparse";
import type { LabelledRow } from "#lib/classify/labelled-rows.ts";
import { labelLogits, predictedLabel, type RowScore } from "#lib/classify/row-score.ts";
import { logSoftmax } from "#lib/classify/softmax.ts";

/**
 * Rows as CSV (RFC 4180): text, right and predicted label, whether they agree, each label's probability among the
 * labels (and calibrated, where a temperature was fitted), what was seen elsewhere and not seen, and the method. Empty
 * where nothing is known. A cell that a spreadsheet would take for a formula begins with a quote.
 */
export function renderResults(
  rows: readonly (LabelledRow & { score: RowScore | null })[],
  names: readonly string[],
  temperature: number | null,
): string {
  const columns = [
    "text",
    "label",
    "predicted",
    "correct",
    ...names.map((name) => `p(${name})`),
    ...(temperature === null ? [] : names.map((name) => `calibrated p(${name})`)),
    "mass_elsewhere",
    "mass_unseen",
    "method",
  ];
  const data = rows.map(({ text, truth, score }) => {
    const predicted = score === null ? null : predictedLabel(score);
    const logits = score === null ? null : labelLogits(score);
    return [
      text,
      names[truth],
      predicted === null ? "" : names[predicted],
      score === null ? "" : predicted === truth,
      ...probabilities(logits, 1, names.length),
      ...(temperature === null ? [] : probabilities(logits, temperature, names.length)),
      logits === null ? "" : score?.elsewhere,
      logits === null ? "" : score?.unseen,
      score?.method ?? "",
    ];
  });
  return `${Papa.unparse({ fields: columns, data }, { escapeFormulae: true })}\r\n`;
}

function probabilities(
  logits: readonly number[] | null,
  temperature: number,
  count: number,
): (number | string)[] {
  return logits === null
    ? Array.from({ length: count }, () => "")
    : logSoftmax(logits, temperature).map((logProb) => Math.exp(logProb));
}
