import type { FrameMark, TokenEvent } from "#lib/run/run-event.ts";

/** A line as it came over the wire; `at` in ms since the request, null where the event carries no stamp. */
export type RawLine = {
  raw: string;
  at: number | null;
  part: number;
  malformed: boolean;
  /** Null where the frames of the line before brought this one too, and where nobody recorded them. */
  frames: FrameMark | null;
  /** Index of the first token it brought, and how many. */
  firstToken: number | null;
  tokens: number;
};

/** What is kept of a line: nearly all brought one token, whose event says the same, so that it is not kept twice. */
export type KeptLine = RawLine | (TokenEvent & { raw: string });

/** The line itself. */
export function lineOf(kept: KeptLine): RawLine {
  if (!("type" in kept)) return kept;
  const { raw, at, part, frames = null, index } = kept;
  return { raw, at, part, malformed: false, frames, firstToken: index, tokens: 1 };
}
