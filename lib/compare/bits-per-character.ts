import type { PlacedAnswer } from "#lib/score/place-tokens.ts";
import { sumExactly } from "#lib/score/sum-exactly.ts";

/** Bits a character, and of how many characters. */
export type CharacterRate = { bits: number; characters: number };

/**
 * Surprisal in bits for each character (Unicode code point) of the first `length` UTF-16 units of an answer, which
 * must end where a token ends. It does not depend on how the text is cut into tokens, so models with different
 * tokenizers can be compared by it. Null without characters, and where a token has no log probability: a sum
 * without it would say too little.
 */
export function bitsPerCharacter({ text, tokens }: PlacedAnswer, length: number): CharacterRate | null {
  const counted = tokens.filter(({ end }) => end <= length);
  const logProbs = counted.flatMap(({ token }) =>
    token.logProb === null ? [] : [Math.min(token.logProb, 0)],
  );
  const characters = Array.from(text.slice(0, length)).length;
  if (characters === 0 || logProbs.length < counted.length) return null;
  const joint = sumExactly(logProbs);
  return { bits: joint === 0 ? 0 : -joint / Math.LN2 / characters, characters };
}
