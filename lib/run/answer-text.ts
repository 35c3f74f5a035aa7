import type { TokenEvent } from "#lib/run/run-event.ts";

/** Whether a token's text is part of the answer: no special token, no thought, no tool call, no stand-in. */
export function isAnswerText(token: Pick<TokenEvent, "counts" | "special" | "channel">): boolean {
  return token.counts && !token.special && token.channel === undefined;
}

/**
 * The text of one part. The tokens' own texts are what people saw arrive; the whole answer that most dialects send
 * at the end is preferred only where it is plainly the same answer, said better:
 *
 * - a character split over tokens, U+FFFD in the pieces and whole in the whole;
 * - a stop string, or a special token's text, that the tokens showed and the whole leaves out;
 * - text of a line that could not be read (`hasGaps`).
 *
 * Where the container puts the prompt in front (return_full_text), the prompt is taken off again: fed back in the
 * next request it would stand there twice.
 */
export function chooseAnswerText(
  pieces: string,
  whole: string | null,
  prompt: string,
  hasGaps: boolean,
): string {
  if (whole === null || whole === pieces) return pieces;
  const hasPrompt = prompt !== "" && whole.startsWith(prompt);
  // An answer that itself begins with the prompt: only the comparison can tell whose words the first ones are.
  if (!hasPrompt || (pieces.startsWith(prompt) && isBetter(whole, pieces))) {
    return isBetter(whole, pieces) || (hasGaps && whole.length > pieces.length) ? whole : pieces;
  }
  const answer = whole.slice(prompt.length);
  return isBetter(answer, pieces) || (hasGaps && answer.length > pieces.length) ? answer : pieces;
}

function isBetter(whole: string, pieces: string): boolean {
  if (whole === "") return false;
  if (pieces.startsWith(whole)) return true;
  return pieces.includes("\uFFFD") && matchesAround(whole, pieces.split(/\uFFFD+/));
}

/** Whether the readable stretches stand in the whole, in their order, from its first character to its last. */
function matchesAround(whole: string, stretches: string[]): boolean {
  const first = stretches[0] ?? "";
  const last = stretches.at(-1) ?? "";
  if (!whole.startsWith(first) || !whole.endsWith(last)) return false;
  if (first.length + last.length > whole.length) return false;
  let from = first.length;
  for (const stretch of stretches.slice(1, -1)) {
    const found = whole.indexOf(stretch, from);
    if (found === -1) return false;
    from = found + stretch.length;
  }
  return from <= whole.length - last.length;
}
