import type { RunState } from "#lib/run/reduce-run.ts";
import { beatOf, PICTURES, SUMS } from "./beat.ts";

export function isComing({ status }: Pick<RunState, "status">): boolean {
  return status === "streaming" || status === "connecting";
}

/** Whether nothing but further tokens came between two states of a run. */
export function sameOutline(before: RunState, now: RunState): boolean {
  return (
    isComing(now) &&
    before.status === now.status &&
    before.key === now.key &&
    before.runId === now.runId &&
    before.requests === now.requests &&
    before.parts.length === now.parts.length &&
    before.revision === now.revision &&
    before.dialect === now.dialect &&
    before.failure === now.failure &&
    // The array grows in place: what it held before is told by the text and the count.
    before.tokenCount > 0 === now.tokenCount > 0 &&
    (before.generatedText === "") === (now.generatedText === "")
  );
}

/** Whether two states of a run may share their sums. */
export function sameSums(before: RunState, now: RunState): boolean {
  return sameOutline(before, now) && beatOf(before, SUMS) === beatOf(now, SUMS);
}

/** Whether two states of a run may share their pictures. */
export function samePictures(before: RunState, now: RunState): boolean {
  return sameOutline(before, now) && beatOf(before, PICTURES) === beatOf(now, PICTURES);
}

/** Reads a state that changes often, and answers with the one before as long as the two count as the same. */
export function createSample<State>(
  read: () => State,
  isSame: (before: State, now: State) => boolean,
): () => State {
  let sample = read();
  return () => {
    const now = read();
    if (now !== sample && !isSame(sample, now)) sample = now;
    return sample;
  };
}
