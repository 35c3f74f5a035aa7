import type { RunState } from "#lib/run/reduce-run.ts";

/** How often what is made of a growing answer is made anew, in ms, from so many tokens on. */
type Rhythm = readonly { from: number; beatMs: number }[];

/** Sums: the longer an answer, the less a moment changes them. */
export const SUMS: Rhythm = [
  { from: 2_000, beatMs: 1_000 },
  { from: 500, beatMs: 500 },
  { from: 0, beatMs: 250 },
];

/** Pictures: each costs as much as drawing hundreds of words. */
export const PICTURES: Rhythm = [
  { from: 2_000, beatMs: 2_000 },
  { from: 500, beatMs: 1_000 },
  { from: 0, beatMs: 250 },
];

/** Changes up to four times a second while an answer comes, and with every change once it is over. */
export function beatOf(
  { status, elapsed, version, tokenCount }: Pick<RunState, "status" | "elapsed" | "version" | "tokenCount">,
  rhythm: Rhythm,
): number {
  const isComing = status === "streaming" || status === "connecting";
  const { beatMs } = rhythm.find(({ from }) => tokenCount >= from) ?? { beatMs: 250 };
  return isComing ? Math.floor((elapsed ?? 0) / beatMs) : -version;
}
