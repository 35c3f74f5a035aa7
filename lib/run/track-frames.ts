import type { FrameMark } from "#lib/run/run-event.ts";

const LINE_FEED = 10;

/** Follows which frames (payload parts) of one body carried which line. */
export type FrameTracker = {
  /** A frame came. Call it before its bytes are parsed. */
  note(bytes: Uint8Array): void;
  /** The mark for the next line that is shown; null where it came in the same frame as the one before it. */
  take(): FrameMark | null;
};

/** Counts sizes, lines that were cut between frames, and UTF-8 characters that were. */
export function createFrameTracker(): FrameTracker {
  let sizes: number[] = [];
  /** Frames that the line which is still open has touched, and characters cut at their ends. */
  let open = 0;
  let openSplits = 0;
  /** The same of the line that ended first in the latest frame. */
  let begun = 0;
  let splits = 0;
  return {
    note(bytes) {
      sizes.push(bytes.length);
      // A frame that begins with a continuation byte (RFC 3629, 10xxxxxx) began inside a character.
      if (open > 0 && ((bytes[0] ?? 0) & 0xc0) === 0x80) openSplits += 1;
      const end = bytes.lastIndexOf(LINE_FEED);
      if (end === -1) {
        if (bytes.length > 0) open += 1;
        return;
      }
      begun = open;
      splits = openSplits;
      open = end < bytes.length - 1 ? 1 : 0;
      openSplits = 0;
    },
    take() {
      if (sizes.length === 0) return null;
      const mark: FrameMark = { sizes };
      if (begun > 0) mark.begun = begun;
      if (splits > 0) mark.splits = splits;
      sizes = [];
      begun = 0;
      splits = 0;
      return mark;
    },
  };
}
