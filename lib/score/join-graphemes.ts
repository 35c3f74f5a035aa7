import type { TokenEvent } from "#lib/run/run-event.ts";

/** What is shown and coloured as one: a token, or the tokens that only together make a character. */
export type TextUnit = {
  /** Index in the run, and request, of its first token. */
  index: number;
  part: number;
  text: string;
  /** Sum over its tokens in nats; null if one of them has none, since a sum without it would say too much. */
  logProb: number | null;
  tokens: TokenEvent[];
  /** The wire sent only fragments of a character (U+FFFD), so there is nothing readable to show. */
  partial: boolean;
};

const REPLACEMENT = "\uFFFD";

/**
 * Joins tokens to units of whole characters as people see them (extended grapheme clusters): an emoji of four
 * tokens, a letter and its accent, \r and \n. Tokens without text (a character's earlier pieces) go with the unit
 * that follows, in the same request. Tokens that do not count or are special make a unit of their own.
 */
export function joinGraphemes(
  tokens: readonly TokenEvent[],
  segmenter: Intl.Segmenter = GRAPHEMES,
): TextUnit[] {
  const units: TextUnit[] = [];
  for (const token of tokens) {
    const last = units.at(-1);
    if (last !== undefined && belongTogether(last, token, segmenter)) append(last, token);
    else units.push(createUnit(token));
  }
  return units;
}

const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

function createUnit(token: TokenEvent): TextUnit {
  const { index, part, text, logProb } = token;
  return { index, part, text, logProb, tokens: [token], partial: text.includes(REPLACEMENT) };
}

function append(unit: TextUnit, token: TokenEvent): void {
  unit.text += token.text;
  unit.logProb = unit.logProb === null || token.logProb === null ? null : unit.logProb + token.logProb;
  unit.tokens.push(token);
  unit.partial ||= token.text.includes(REPLACEMENT);
}

function belongTogether(unit: TextUnit, token: TokenEvent, segmenter: Intl.Segmenter): boolean {
  const before = unit.tokens.at(-1);
  if (before === undefined || !isText(before) || !isText(token) || unit.part !== token.part) return false;
  // A piece whose character is still to come.
  if (unit.text === "") return true;
  if (token.text === "") return false;
  if (unit.text.endsWith(REPLACEMENT) && token.text.startsWith(REPLACEMENT)) return true;
  return !isBoundary(unit.text, token.text, segmenter);
}

function isText(token: TokenEvent): boolean {
  return token.counts && !token.special;
}

/** Below U+0300 nothing combines with what stands before it, save \n after \r: no need to ask the segmenter. */
const FIRST_COMBINING = 0x300;

/** Tokens that a character as people see it may be made of: more is decoration nobody writes. */
const LONGEST_CHARACTER = 12;

/** Whether running text may be cut in front of the token at `position` without cutting a character in two. */
export function isCleanCut(tokens: readonly Pick<TokenEvent, "text">[], position: number): boolean {
  const before = tokens[position - 1]?.text ?? "";
  const after = tokens[position]?.text ?? "";
  // Without text on a side, or with half a character, the rest of the character is still to come.
  if (before === "" || after === "") return false;
  if (before.endsWith(REPLACEMENT) && after.startsWith(REPLACEMENT)) return false;
  const context = tokens.slice(Math.max(0, position - LONGEST_CHARACTER), position);
  return isBoundary(context.map(({ text }) => text).join(""), after, GRAPHEMES);
}

function isBoundary(before: string, after: string, segmenter: Intl.Segmenter): boolean {
  if (after.charCodeAt(0) < FIRST_COMBINING && before.charCodeAt(before.length - 1) < FIRST_COMBINING) {
    return !(before.endsWith("\r") && after.startsWith("\n"));
  }
  // The segment that holds the first code unit of `after` begins there if and only if a boundary is there.
  return segmenter.segment(before + after).containing(before.length)?.index === before.length;
}
