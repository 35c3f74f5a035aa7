import { setTimeout as pause } from "node:timers/promises";
import { BrokenAnswer } from "../engine/broken-answer.ts";
import type { Fault } from "../faults/faults.ts";

/** After so many writes of the container an answer breaks off; a shorter one at its end. */
export const CHUNKS_BEFORE_BREAK = 5;

/** What was sent last would be dropped with the connection if that ended at once. */
export const UNTIL_SENT_MS = 20;

/** The faults that end a stream of events in its middle. */
export function breaksOff(fault: Fault | undefined): boolean {
  return fault === "stream-failure" || fault === "wrong-crc" || losesAnswer(fault);
}

/** The faults of a container that drops the connection: of an answer that is sent whole nothing is left. */
export function losesAnswer(fault: Fault | undefined): boolean {
  return fault === "stream-broken" || fault === "cut-midframe";
}

/**
 * A body on plain HTTP that breaks off: the last write is cut in two for `cut-midframe`, and then the connection ends,
 * since nothing else can say so there. Throws `BrokenAnswer` in the end.
 */
export async function* breakOff(
  chunks: AsyncIterable<Uint8Array>,
  fault: Fault | undefined,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  let sent = 0;
  for await (const chunk of chunks) {
    if (held !== undefined) {
      yield held;
      sent += 1;
    }
    held = chunk;
    if (sent === CHUNKS_BEFORE_BREAK) break;
  }
  if (held !== undefined && fault === "cut-midframe") yield held.subarray(0, Math.floor(held.length / 2));
  await pause(UNTIL_SENT_MS);
  throw new BrokenAnswer();
}
