import type { TokenEvent } from "#lib/run/run-event.ts";

/** A block of running text: tokens `start` (inclusive) to `end` (exclusive). A sealed one never changes again. */
export type Segment = { start: number; end: number; sealed: boolean };

/** A block boundary forces a line break, so a segment is sealed at a line break of the text itself … */
const SEAL_AT_NEWLINE_AFTER = 64;
/** … unless none comes: then at the end of a sentence, */
const SEAL_AT_SENTENCE_AFTER = 400;
/** and at the latest here, because laying out one endless line is what makes long answers slow. */
const SEAL_AFTER = 512;

/**
 * Continues the segments of a growing answer with the tokens that came since. Sealed segments keep their
 * identity, so a memoised view of one is never drawn twice; only the last one changes.
 */
export function extendSegments(
  segments: readonly Segment[],
  tokens: readonly Pick<TokenEvent, "text">[],
): Segment[] {
  const kept = segments.filter((segment) => segment.sealed);
  let start = kept.at(-1)?.end ?? 0;
  for (let position = start; position < tokens.length; position += 1) {
    if (!endsSegment(tokens[position]?.text ?? "", position + 1 - start)) continue;
    kept.push({ start, end: position + 1, sealed: true });
    start = position + 1;
  }
  if (start < tokens.length) kept.push({ start, end: tokens.length, sealed: false });
  return kept;
}

function endsSegment(text: string, length: number): boolean {
  if (length >= SEAL_AFTER) return true;
  if (length >= SEAL_AT_SENTENCE_AFTER && /[.!?。！？]\s*$/u.test(text)) return true;
  return length >= SEAL_AT_NEWLINE_AFTER && text.endsWith("\n");
}
