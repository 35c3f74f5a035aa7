import type { Diagnostic } from "#lib/options/diagnostic.ts";

/** A place in the text with what is wrong there; `to` 0 belongs to no place. */
export type Mark = Pick<Diagnostic, "from" | "to" | "severity" | "message">;

/** Of the editor's text, in px: its lines all have this height, and the text begins inside this padding. */
export const LINE_HEIGHT = 24;
export const PADDING = 12;

/** The row (from 0) and column of an offset. */
export function placeOf(text: string, offset: number): { row: number; column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { row: before.split("\n").length - 1, column: offset - start };
}

/** What stands before the separator in a row; empty in comments and blank rows. */
export function keyInRow(text: string, row: number): string {
  const line = text.split("\n")[row] ?? "";
  return line.match(/^\s*([^#!=:\s][^=:\s]*)/)?.[1] ?? "";
}
