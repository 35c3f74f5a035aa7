import type { Alignment } from "#lib/compare/align-answers.ts";
import { findSpans, type Span } from "#lib/score/find-spans.ts";
import type { PlacedAnswer } from "#lib/score/place-tokens.ts";
import { type ScoredSpan, scoreSpans } from "#lib/score/score-spans.ts";

/** A word of the text that both answers share, with its log probability in each, in nats. */
export type ComparedSpan = Span & {
  left: number;
  right: number;
  /** Right minus left. */
  delta: number;
};

/**
 * The shared words and how much surer the right answer was of each. A word counts only where the tokens that touch it
 * cover the same characters on both sides and all have a number: then the two sums are about the same text,
 * whatever the tokenizers.
 */
export function compareSpans(alignment: Alignment): ComparedSpan[] {
  const { left, right, sharedLength } = alignment;
  const rightSpans = new Map(
    scoreSpans(right, findSpans(right.text, "word")).map((span) => [`${span.start}:${span.end}`, span]),
  );
  return scoreSpans(left, findSpans(left.text, "word")).flatMap((span) => {
    const other = rightSpans.get(`${span.start}:${span.end}`);
    if (other === undefined || !isWhole(span) || !isWhole(other)) return [];
    const [cover, otherCover] = [coverOf(left, span), coverOf(right, other)];
    if (cover.end > sharedLength || cover.start !== otherCover.start || cover.end !== otherCover.end)
      return [];
    const { kind, start, end, text } = span;
    const [before, after] = [span.score.jointLogProb, other.score.jointLogProb];
    return [{ kind, start, end, text, left: before, right: after, delta: after - before }];
  });
}

/** Below this a difference, in nats, is how the same number was rounded on two ways. */
const NOISE = 5e-4;

/** The words whose probability differs most, in either direction; those that do not differ are not among them. */
export function largestDeltas(spans: readonly ComparedSpan[], count: number): ComparedSpan[] {
  return spans
    .filter(({ delta }) => Math.abs(delta) >= NOISE)
    .toSorted((one, other) => Math.abs(other.delta) - Math.abs(one.delta))
    .slice(0, count);
}

type WholeSpan = ScoredSpan & { score: NonNullable<ScoredSpan["score"]> };

function isWhole(span: ScoredSpan): span is WholeSpan {
  return span.score !== null && span.leftOut === 0;
}

/** The characters that the span's own tokens stand for, in UTF-16 units. */
function coverOf({ tokens }: PlacedAnswer, span: ScoredSpan): { start: number; end: number } {
  const touching = tokens.filter(
    ({ token }) => token.index >= span.firstToken && token.index <= span.lastToken,
  );
  return { start: touching[0]?.start ?? -1, end: touching.at(-1)?.end ?? -1 };
}
