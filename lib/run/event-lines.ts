import { fail, type Result, succeed } from "#lib/failure.ts";
import { type RunEvent, runEventSchema } from "#lib/run/run-event.ts";
import { shareFrameMark } from "#lib/run/share-frame-mark.ts";
import { createLineDecoder } from "#lib/wire/decode-lines.ts";

/** One event as one line of `application/x-ndjson`, its line end included. */
export function encodeEvent(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/** The other way. Keys it does not know are dropped, so that an older page can read a newer server. */
export function decodeEvent(line: string): Result<RunEvent> {
  const parsed = runEventSchema.safeParse(parseJson(line));
  if (parsed.success) return succeed(withSharedMark(parsed.data));
  return fail({
    code: "unexpected",
    message: "The server sent a line that this page cannot read.",
    detail: line.slice(0, 200),
  });
}

function withSharedMark(event: RunEvent): RunEvent {
  if (event.type === "token" && event.frames !== undefined) event.frames = shareFrameMark(event.frames);
  return event;
}

/** Bytes of the answer to events, whatever the chunk boundaries. Blank lines keep a connection alive: no event. */
export function createEventDecoder(): {
  push(bytes: Uint8Array): Result<RunEvent>[];
  end(): Result<RunEvent>[];
} {
  let results: Result<RunEvent>[] = [];
  const lines = createLineDecoder((line) => {
    if (line.trim() !== "") results.push(decodeEvent(line));
  });
  function drain(): Result<RunEvent>[] {
    const drained = results;
    results = [];
    return drained;
  }
  return {
    push(bytes) {
      lines.push(bytes);
      return drain();
    },
    end() {
      lines.end();
      return drain();
    },
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
