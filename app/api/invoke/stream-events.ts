import { encodeEvent } from "#lib/run/event-lines.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { closeOnce } from "./close-once.ts";

/** Lines that wait for a slow reader before the source is asked for no more, in characters. */
const HIGH_WATER = 64 * 1_024;

/**
 * Events as a body of JSON lines. Those of one turn of the event loop leave as one chunk, in the same turn:
 * `setImmediate` runs right after the bytes that brought them were read, so nothing waits. A reader that does not
 * read stops the source; one that leaves ends it: `stop` must then close what feeds `events`.
 * Exactly one closing event comes last.
 */
export function streamEvents({
  events,
  stop,
}: {
  events: AsyncIterable<RunEvent>;
  stop: () => void;
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = "";
  let isFlushDue = false;
  let hasLeft = false;
  let resume: (() => void) | null = null;

  async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const flush = () => {
      isFlushDue = false;
      if (hasLeft || waiting === "") return;
      controller.enqueue(encoder.encode(waiting));
      waiting = "";
    };
    for await (const event of closeOnce(events)) {
      if (hasLeft) return;
      waiting += encodeEvent(event);
      if (!isFlushDue) {
        isFlushDue = true;
        setImmediate(flush);
      }
      if (waiting.length > HIGH_WATER) flush();
      if ((controller.desiredSize ?? 0) <= 0) {
        await new Promise<void>((resolve) => {
          resume = resolve;
        });
      }
    }
    flush();
    if (!hasLeft) controller.close();
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        pump(controller).catch((error) => {
          if (!hasLeft) controller.error(error);
        });
      },
      pull() {
        resume?.();
        resume = null;
      },
      cancel() {
        hasLeft = true;
        stop();
        resume?.();
      },
    },
    { highWaterMark: HIGH_WATER, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}
