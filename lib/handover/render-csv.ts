import type { TokenEvent } from "#lib/run/run-event.ts";
import { measureToken } from "#lib/score/measure-token.ts";

const COLUMNS = [
  "index",
  "part",
  "id",
  "text",
  "counts",
  "special",
  "log_prob_nats",
  "probability",
  "surprisal_bits",
  "entropy_bits",
  "rank",
  "at_ms",
  "alternatives",
] as const;

/**
 * The tokens of a run as CSV (RFC 4180): a row each, empty where a number is not known. `rank` is `>5` where the
 * token stands below five listed ones. A cell that a spreadsheet would take for a formula begins with a quote.
 */
export function renderCsv(tokens: readonly TokenEvent[]): string {
  return `${[COLUMNS.join(","), ...tokens.map(rowOf)].join("\r\n")}\r\n`;
}

function rowOf(token: TokenEvent): string {
  const { logProb, probability, surprisal, entropy, rank } = measureToken(token);
  const alternatives = token.alternatives?.map(({ id, text, logProb: value }) => ({
    id,
    text,
    log_prob: value,
  }));
  return [
    token.index,
    token.part,
    token.id,
    cell(token.text),
    token.counts,
    token.special,
    logProb,
    probability,
    surprisal,
    entropy,
    rank === null ? null : rank.atLeast ? `>${rank.rank - 1}` : rank.rank,
    token.at,
    alternatives === undefined ? null : cell(JSON.stringify(alternatives)),
  ]
    .map((value) => value ?? "")
    .join(",");
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
