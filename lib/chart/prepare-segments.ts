import type { TokenEvent } from "#lib/run/run-event.ts";
import { isCleanCut } from "#lib/score/join-graphemes.ts";

/** A block of running text: tokens `start` (inclusive) to `end` (exclusive). A sealed one never changes again. */
export type Segment = { start: number; end: number; sealed: boolean };

/** A block boundary forces a line break, so a segment is sealed at a line break of the text itself … */
const SEAL_AT_NEWLINE_AFTER = 64;
/** … unless none comes: then at the end of a sentence, */
const SEAL_AT_SENTENCE_AFTER = 400;
/** and soon after this, because laying out one endless line is what makes long answers slow. */
const SEAL_AFTER = 512;
/** Tokens of a stretch within a segment: as much as is drawn again for one more token. */
const STRETCH = 32;

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
    if (!endsSegment(tokens, position, position + 1 - start)) continue;
    kept.push({ start, end: position + 1, sealed: true });
    start = position + 1;
  }
  if (start < tokens.length) kept.push({ start, end: tokens.length, sealed: false });
  return kept;
}

/**
 * Stretches of a segment, which follow one another in one line of text. All but the last stay as they are while
 * the segment grows. Like segments, they never cut a character.
 */
export function stretchesOf(
  tokens: readonly Pick<TokenEvent, "text">[],
  { start, end }: Pick<Segment, "start" | "end">,
): { start: number; end: number }[] {
  const stretches: { start: number; end: number }[] = [];
  let from = start;
  for (let position = start + STRETCH; position < end; position += 1) {
    if (position - from < STRETCH) continue;
    if (!isCleanCut(tokens, position)) continue;
    stretches.push({ start: from, end: position });
    from = position;
  }
  return [...stretches, { start: from, end }];
}

function endsSegment(tokens: readonly Pick<TokenEvent, "text">[], position: number, length: number): boolean {
  const text = tokens[position]?.text ?? "";
  if (length >= SEAL_AT_NEWLINE_AFTER && text.endsWith("\n")) return true;
  // Elsewhere what comes next decides: it may still belong to the last character.
  if (length < SEAL_AT_SENTENCE_AFTER || !isCleanCut(tokens, position + 1)) return false;
  return length >= SEAL_AFTER || /[.!?。！？]\s*$/u.test(text);
}
