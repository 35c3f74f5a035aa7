import { type KeptLine, lineOf, type RawLine } from "#lib/run/raw-line.ts";

/** One line of the answer with where it came from. Frames are numbered from 1 through the whole run. */
export type WireRow = {
  line: RawLine;
  firstFrame: number | null;
  lastFrame: number | null;
  /** Ms after the line before it; null for the first one and where there is no stamp. */
  gap: number | null;
};

export type WireOverview = {
  rows: WireRow[];
  /** Null where the run says nothing of its frames. */
  frames: number | null;
  /** Bytes of all frames. */
  bytes: number;
  /** Lines that came in more than one frame, and UTF-8 characters that were cut between frames. */
  cutLines: number;
  splitCharacters: number;
  longestGap: number;
};

/** Lines as they stand to frames and to time. */
export function prepareWire(lines: readonly KeptLine[]): WireOverview {
  const overview: WireOverview = {
    rows: [],
    frames: null,
    bytes: 0,
    cutLines: 0,
    splitCharacters: 0,
    longestGap: 0,
  };
  let before: number | null = null;
  for (const kept of lines) {
    const line = lineOf(kept);
    const { frames: mark, at } = line;
    if (mark !== null) {
      overview.frames = (overview.frames ?? 0) + mark.sizes.length;
      overview.bytes += mark.sizes.reduce((sum, size) => sum + size, 0);
      overview.cutLines += mark.begun === undefined ? 0 : 1;
      overview.splitCharacters += mark.splits ?? 0;
    }
    const gap = at === null || before === null ? null : Math.max(0, at - before);
    overview.longestGap = Math.max(overview.longestGap, gap ?? 0);
    const lastFrame = overview.frames;
    overview.rows.push({
      line,
      firstFrame: lastFrame === null ? null : lastFrame - (mark?.begun ?? 0),
      lastFrame,
      gap,
    });
    before = at ?? before;
  }
  return overview;
}
