import { findJsonValues } from "#lib/score/find-json-values.ts";

/** What people check in an answer: facts, not tokens. */
export const SPAN_KINDS = ["word", "number", "name", "sentence", "json-value"] as const;

export type SpanKind = (typeof SPAN_KINDS)[number];

/** A stretch of the answer, in UTF-16 units; `end` is exclusive. `path` names a JSON value, e.g. `guests[0].age`. */
export type Span = { kind: SpanKind; start: number; end: number; text: string; path?: string };

// Digits of any script with their separators, a sign, a percent mark or an exponent: 1,024.5, −3 %, 6.02e23, 12:30.
const NUMBER = /[+\-−]?\p{Nd}+(?:[.,:/’' ]\p{Nd}+)*(?:[eE][+-]?\p{Nd}+)?(?:\s?%)?/gu;
const WORD = new Intl.Segmenter("en", { granularity: "word" });
const SENTENCE = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * All spans of one kind, in the order of the text.
 *
 * - `word` and `sentence` are Unicode's (UAX 29), without the white space around them.
 * - `name`: words with a capital letter that no sentence begins with, neighbours joined (`New York`). A heuristic
 *   for scripts with capitals; others have none.
 * - `json-value`: the leaves of an answer that is JSON, whole or cut, also inside a code fence.
 */
export function findSpans(text: string, kind: SpanKind): Span[] {
  switch (kind) {
    case "word":
      return words(text).filter(({ text: word }) => /\p{L}/u.test(word));
    case "number":
      return [...text.matchAll(NUMBER)].map((match) => spanAt(text, kind, match.index, match[0].length));
    case "name":
      return findNames(text);
    case "sentence":
      return [...SENTENCE.segment(text)].flatMap(({ index, segment }) => trimmed(text, kind, index, segment));
    case "json-value":
      return findJsonValues(text).map(({ start, end, path }) => ({
        ...spanAt(text, kind, start, end - start),
        path,
      }));
  }
}

function words(text: string): Span[] {
  return [...WORD.segment(text)].flatMap(({ index, segment, isWordLike }) =>
    isWordLike === true ? [spanAt(text, "word", index, segment.length)] : [],
  );
}

function findNames(text: string): Span[] {
  const begins = new Set(findSpans(text, "sentence").map((sentence) => sentence.start));
  const names: Span[] = [];
  for (const word of words(text)) {
    if (!/^\p{Lu}/u.test(word.text) || isFirst(text, word.start, begins)) continue;
    const last = names.at(-1);
    if (last !== undefined && /^[ \u00a0-]$/.test(text.slice(last.end, word.start))) {
      names[names.length - 1] = spanAt(text, "name", last.start, word.end - last.start);
    } else {
      names.push({ ...word, kind: "name" });
    }
  }
  // "I" is a word that is always written so.
  return names.filter((name) => name.text !== "I");
}

function isFirst(text: string, start: number, begins: ReadonlySet<number>): boolean {
  // A quotation mark or a list's dash may stand before the first word.
  for (let at = start; at >= 0; at -= 1) {
    if (begins.has(at)) return true;
    if (at < start && /[\p{L}\p{N}]/u.test(text[at] ?? "")) return false;
  }
  return true;
}

function trimmed(text: string, kind: SpanKind, index: number, segment: string): Span[] {
  const inner = segment.trim();
  return inner === "" ? [] : [spanAt(text, kind, index + segment.indexOf(inner), inner.length)];
}

function spanAt(text: string, kind: SpanKind, start: number, length: number): Span {
  return { kind, start, end: start + length, text: text.slice(start, start + length) };
}
