import type { FrameMark } from "#lib/run/run-event.ts";

/** Sizes repeat, yet a hostile stream could bring another one with each line. */
const MOST = 4_096;
const known = new Map<number, FrameMark>();

/**
 * One object for all marks that say the same: most lines come in one frame each, of a few sizes. Over a long answer the
 * marks would else be a sixth of what the page keeps. Nobody changes a mark.
 */
export function shareFrameMark(mark: FrameMark): FrameMark {
  const [size, second] = mark.sizes;
  if (size === undefined || second !== undefined || mark.begun !== undefined || mark.splits !== undefined) {
    return mark;
  }
  const shared = known.get(size);
  if (shared !== undefined) return shared;
  if (known.size < MOST) known.set(size, mark);
  return mark;
}
