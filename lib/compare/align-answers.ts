import type { TokenEvent } from "#lib/run/run-event.ts";
import { type PlacedAnswer, type PlacedToken, placeTokens } from "#lib/score/place-tokens.ts";

/** A token that stands in both answers at the same place, with the same text before it. */
type TokenPair = {
  left: PlacedToken;
  right: PlacedToken;
  /** Right minus left in nats: above 0 the right one was surer. Null where either has no number. */
  delta: number | null;
};

/**
 * Where two answers stop being the same: the first token of each behind what they share, by its place among the
 * answer's tokens. `left-ended` and `right-ended` say that one has no such token.
 */
type Divergence = {
  kind: "token" | "left-ended" | "right-ended";
  left: number;
  right: number;
  /** UTF-16 units that both answers begin with, up to the last place where both have a token's end. */
  character: number;
};

export type Alignment = {
  left: PlacedAnswer;
  right: PlacedAnswer;
  /**
   * `different`: somewhere in the text they share, one has a token's end where the other has none, or one text has two
   * ids. Nothing shared says nothing: `unknown`.
   */
  tokenizers: "same" | "different" | "unknown";
  /** The shared tokens in their order; where the tokenizers differ, those that stand in both all the same. */
  pairs: TokenPair[];
  /** Null where the answers are the same to their last token. */
  divergence: Divergence | null;
  /** Length of the shared text in UTF-16 units. */
  sharedLength: number;
};

/**
 * Lays two answers to one prompt side by side. Tokens are compared only as far as both answers have the same words
 * before them, since from there on each model judges a text of its own.
 */
export function alignAnswers(
  leftTokens: readonly TokenEvent[],
  rightTokens: readonly TokenEvent[],
): Alignment {
  const left = placeTokens(leftTokens);
  const right = placeTokens(rightTokens);
  const sameText = sharedPrefix(left.text, right.text);
  const pairs: TokenPair[] = [];
  let isDifferent = false;
  let [atLeft, atRight] = [0, 0];
  for (;;) {
    const step = nextSharedEnd(left.tokens, right.tokens, atLeft, atRight);
    if (step === null || step.end > sameText) break;
    const [one, other] = [left.tokens[atLeft], right.tokens[atRight]];
    const isPair = step.left === atLeft + 1 && step.right === atRight + 1;
    if (isPair && one !== undefined && other !== undefined) {
      const hasOtherId = hasTwoIds(one.token, other.token);
      // A character's first pieces have no text yet: other pieces are another character, not another tokenizer.
      if (hasOtherId && !isReadable(one.token.text)) break;
      isDifferent ||= hasOtherId;
      pairs.push({ left: one, right: other, delta: deltaOf(one.token, other.token) });
    } else isDifferent = true;
    atLeft = step.left;
    atRight = step.right;
  }
  const sharedLength = left.tokens[atLeft - 1]?.end ?? 0;
  return {
    left,
    right,
    tokenizers: isDifferent ? "different" : pairs.length === 0 ? "unknown" : "same",
    pairs,
    divergence: divergenceAt(left, right, atLeft, atRight, sharedLength),
    sharedLength,
  };
}

/** The next place where both answers have a token's end, as counts of tokens consumed; null where one has no more. */
function nextSharedEnd(
  left: readonly PlacedToken[],
  right: readonly PlacedToken[],
  fromLeft: number,
  fromRight: number,
): { left: number; right: number; end: number } | null {
  let [atLeft, atRight] = [fromLeft + 1, fromRight + 1];
  for (;;) {
    const leftEnd = left[atLeft - 1]?.end;
    const rightEnd = right[atRight - 1]?.end;
    if (leftEnd === undefined || rightEnd === undefined) return null;
    if (leftEnd === rightEnd) return { left: atLeft, right: atRight, end: leftEnd };
    if (leftEnd < rightEnd) atLeft += 1;
    else atRight += 1;
  }
}

function divergenceAt(
  left: PlacedAnswer,
  right: PlacedAnswer,
  atLeft: number,
  atRight: number,
  character: number,
): Divergence | null {
  const [isLeftOver, isRightOver] = [atLeft === left.tokens.length, atRight === right.tokens.length];
  if (isLeftOver && isRightOver) return null;
  const kind = isLeftOver ? "left-ended" : isRightOver ? "right-ended" : "token";
  return { kind, left: atLeft, right: atRight, character };
}

function hasTwoIds(one: TokenEvent, other: TokenEvent): boolean {
  return one.id !== null && other.id !== null && one.id !== other.id;
}

function isReadable(text: string): boolean {
  return text !== "" && !text.includes("\uFFFD");
}

function deltaOf(left: TokenEvent, right: TokenEvent): number | null {
  if (left.logProb === null || right.logProb === null) return null;
  return Math.min(right.logProb, 0) - Math.min(left.logProb, 0);
}

function sharedPrefix(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left.charCodeAt(length) === right.charCodeAt(length)) length += 1;
  return length;
}
