import { isAnswerText } from "#lib/run/answer-text.ts";
import type { TokenEvent } from "#lib/run/run-event.ts";

/** Where a token's text stands in the answer, in UTF-16 units; `end` is exclusive. */
export type PlacedToken = { token: TokenEvent; start: number; end: number };

/** The answer as its tokens say it, and where each token stands in it. Special tokens and thoughts have no place. */
export type PlacedAnswer = { text: string; tokens: PlacedToken[] };

/** Joins the tokens that are part of the answer and notes where each begins and ends. */
export function placeTokens(tokens: readonly TokenEvent[]): PlacedAnswer {
  const placed: PlacedToken[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (const token of tokens) {
    if (!isAnswerText(token)) continue;
    placed.push({ token, start: at, end: at + token.text.length });
    pieces.push(token.text);
    at += token.text.length;
  }
  return { text: pieces.join(""), tokens: placed };
}
