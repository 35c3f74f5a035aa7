import type { Failure } from "#lib/failure.ts";
import type { FrameMark } from "#lib/run/run-event.ts";
import { createFrameTracker } from "#lib/run/track-frames.ts";
import { createStreamParser, type StreamParser } from "#lib/wire/parse-stream.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

/**
 * Something that arrived, and when: ms on the clock that was given. Events of one chunk share one stamp. `frames`
 * says which chunks brought the line that the event carries.
 */
export type Stamped = {
  at: number;
  event: StreamEvent | { type: "interrupted"; failure: Failure };
  frames?: FrameMark;
};

export type RecordOptions = {
  bytes: AsyncIterable<Uint8Array>;
  /** A monotonic clock in ms. */
  now: () => number;
  /** Turns whatever the source throws into words for a person. */
  describeError: (error: unknown) => Failure;
  signal?: AbortSignal;
  /** Absent: one for every dialect. */
  parser?: StreamParser;
};

/**
 * Reads one response body as it arrives. Stamps are taken where bytes come in, before anything is parsed. A
 * source that throws, or a signal that aborts, ends the recording with one last `interrupted`; nothing is thrown.
 * However the recording ends, the source is closed.
 */
export async function* recordRun({
  bytes,
  now,
  describeError,
  signal,
  parser = createStreamParser(),
}: RecordOptions): AsyncGenerator<Stamped> {
  const tracker = createFrameTracker();
  const source = bytes[Symbol.asyncIterator]();
  const { take, forget } = createTaker(source, signal);
  let isDone = false;
  try {
    while (!isDone) {
      const next = await take();
      const at = now();
      isDone = next.done === true;
      if (!next.done) tracker.note(next.value);
      for (const event of next.done ? parser.end() : parser.push(next.value)) {
        const frames = event.raw === undefined ? null : tracker.take();
        yield frames === null ? { at, event } : { at, event, frames };
      }
    }
  } catch (error) {
    isDone = true;
    const at = now();
    // What was cut off half-way still belongs to the record.
    for (const event of parser.end()) yield { at, event };
    yield { at, event: { type: "interrupted", failure: describeError(error) } };
  } finally {
    forget();
    // Not awaited: a source that hangs would hang its own closing too.
    if (!isDone || signal?.aborted) close(source);
  }
}

/**
 * Does not trust a source to heed the signal: one that hangs would keep the run open after Stop. One listener for
 * the whole recording: adding and removing one for each chunk costs more than reading it.
 */
function createTaker<Value>(
  source: AsyncIterator<Value>,
  signal: AbortSignal | undefined,
): { take: () => Promise<IteratorResult<Value>>; forget: () => void } {
  if (signal === undefined) return { take: () => source.next(), forget: () => undefined };
  let giveUp: (reason: unknown) => void = () => undefined;
  const onAbort = () => giveUp(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    take: () =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        giveUp = reject;
        source.next().then(resolve, reject);
      }),
    forget: () => signal.removeEventListener("abort", onAbort),
  };
}

function close(source: AsyncIterator<Uint8Array>): void {
  // The run is over and has said why; a failure to close says nothing new.
  source.return?.().then(undefined, () => undefined);
}
