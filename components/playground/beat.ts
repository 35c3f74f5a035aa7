import type { RunState } from "#lib/run/reduce-run.ts";

/** How often pictures and sums of a growing answer are made anew, in ms. */
const BEAT_MS = 250;

/** Changes four times a second while an answer comes, and with every change once it is over. */
export function beatOf({
  status,
  elapsed,
  version,
}: Pick<RunState, "status" | "elapsed" | "version">): number {
  const isComing = status === "streaming" || status === "connecting";
  return isComing ? Math.floor((elapsed ?? 0) / BEAT_MS) : -version;
}
