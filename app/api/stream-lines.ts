/** Lines that wait for a slow reader before the source is asked for more, in characters. */
const HIGH_WATER = 64 * 1_024;

/**
 * Lines as a body. Those of one turn of the event loop leave as one chunk, in the same turn: `setImmediate` runs
 * right after the bytes that brought them were read, so nothing waits. A reader that does not read stops asking
 * for lines; one that leaves is told to `leave`, which must end `lines`.
 */
export function streamLines({
  lines,
  leave,
}: {
  lines: AsyncIterable<string>;
  leave: () => void;
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
    for await (const line of lines) {
      if (hasLeft) return;
      waiting += line;
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
        leave();
        resume?.();
      },
    },
    { highWaterMark: HIGH_WATER, size: (chunk) => chunk?.byteLength ?? 0 },
  );
}
