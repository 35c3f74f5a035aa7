const BROKEN = "\uFFFD";

/**
 * Which text each token of one OpenAI chunk stands for. `own` is what each token decodes to alone, `piece` what
 * the chunk adds to the answer. They differ for three reasons, and each has its own right answer:
 *
 * - A character split over tokens: alone they decode to U+FFFD; vLLM holds the text back until it is whole. The
 *   last of them gets the character, the earlier ones an empty text.
 * - Sentencepiece: decoded alone, a token loses the space in front. The piece is right.
 * - vLLM holds text back while a stop string could still begin in it. Then the piece belongs to earlier tokens,
 *   and the tokens' own texts are right. Null says so: nothing to align.
 */
export function alignTexts(own: string[], piece: string): string[] | null {
  const texts: string[] = [];
  let rest = piece;
  for (const text of own) {
    const taken = takeFront(rest, text);
    if (taken === null) break;
    texts.push(taken);
    rest = rest.slice(taken.length);
  }
  if (texts.length === own.length) return rest === "" ? texts : null;

  const tail: string[] = [];
  for (let at = own.length - 1; at > texts.length; at -= 1) {
    const text = own[at] ?? "";
    if (text.includes(BROKEN) || !rest.endsWith(text)) break;
    tail.unshift(text);
    rest = rest.slice(0, rest.length - text.length);
  }
  const middle = own.slice(texts.length, own.length - tail.length);
  if (!middle.every((text) => text.includes(BROKEN))) return null;
  return [...texts, ...middle.map((_, index) => (index === middle.length - 1 ? rest : "")), ...tail];
}

function takeFront(rest: string, text: string): string | null {
  if (text.includes(BROKEN)) return null;
  if (rest.startsWith(text)) return text;
  const spaces = rest.length - rest.trimStart().length;
  return rest.startsWith(text, spaces) ? rest.slice(0, spaces + text.length) : null;
}
