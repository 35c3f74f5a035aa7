import type { RunState } from "#lib/run/reduce-run.ts";

/** How often pictures and sums of a growing answer are made anew, in ms … */
const BEAT_MS = 250;
/** … and the longer it is, the less a moment changes them and the more they cost. */
const SLOWER = [
  { from: 2_000, beatMs: 1_000 },
  { from: 500, beatMs: 500 },
];

/** Changes up to four times a second while an answer comes, and with every change once it is over. */
export function beatOf({
  status,
  elapsed,
  version,
  tokenCount,
}: Pick<RunState, "status" | "elapsed" | "version" | "tokenCount">): number {
  const isComing = status === "streaming" || status === "connecting";
  const { beatMs } = SLOWER.find(({ from }) => tokenCount >= from) ?? { beatMs: BEAT_MS };
  return isComing ? Math.floor((elapsed ?? 0) / beatMs) : -version;
}
