import type { TokenEvent } from "#lib/run/run-event.ts";
import type { Span } from "#lib/score/find-spans.ts";
import type { PlacedAnswer, PlacedToken } from "#lib/score/place-tokens.ts";
import { scoreRun } from "#lib/score/score-run.ts";

/** A span with what its tokens say. Values as in `RunScore`; `weakest` is its least probable token's, in nats. */
export type ScoredSpan = Span & {
  /** Tokens that share at least one character with the span, by their indexes in the run. */
  firstToken: number;
  lastToken: number;
  countedTokens: number;
  leftOut: number;
  score: { jointLogProb: number; meanLogProb: number; confidence: number; weakest: number } | null;
};

/**
 * Scores spans by the tokens that touch them. A token counts whole for every span it shares a character with,
 * since its probability cannot be divided: ` Paris.` is one token and belongs to the word and to its sentence.
 */
export function scoreSpans(answer: PlacedAnswer, spans: readonly Span[]): ScoredSpan[] {
  let from = 0;
  return spans.map((span) => {
    // Spans come in the order of the text, so earlier tokens need not be looked at again.
    while (from < answer.tokens.length && (answer.tokens[from]?.end ?? 0) <= span.start) from += 1;
    return scoreSpan(span, touching(answer.tokens, span, from));
  });
}

/** The spans with the lowest mean log probability first; spans without a score are not among them. */
export function weakestSpans(spans: readonly ScoredSpan[], count: number): ScoredSpan[] {
  return spans
    .filter((span) => span.score !== null)
    .toSorted((left, right) => (left.score?.meanLogProb ?? 0) - (right.score?.meanLogProb ?? 0))
    .slice(0, count);
}

function touching(tokens: readonly PlacedToken[], span: Span, from: number): TokenEvent[] {
  const found: TokenEvent[] = [];
  for (let at = from; at < tokens.length; at += 1) {
    const placed = tokens[at];
    if (placed === undefined || placed.start >= span.end) break;
    // A character's earlier pieces have no text of their own; they stand where its last piece begins.
    if (placed.end > span.start || (placed.end === placed.start && placed.start >= span.start)) {
      found.push(placed.token);
    }
  }
  return found;
}

function scoreSpan(span: Span, tokens: readonly TokenEvent[]): ScoredSpan {
  const { countedTokens, leftOut, value } = scoreRun(tokens);
  const logProbs = tokens.flatMap(({ logProb }) => (logProb === null ? [] : [Math.min(logProb, 0)]));
  return {
    ...span,
    firstToken: tokens[0]?.index ?? -1,
    lastToken: tokens.at(-1)?.index ?? -1,
    countedTokens,
    leftOut: leftOut.reduce((sum, { count }) => sum + count, 0),
    score:
      value === null
        ? null
        : {
            jointLogProb: value.jointLogProb,
            meanLogProb: value.meanLogProb,
            confidence: value.confidence,
            weakest: Math.min(...logProbs),
          },
  };
}
