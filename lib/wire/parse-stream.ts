import { emptyMemory } from "#lib/wire/answer-memory.ts";
import { createLineDecoder, type LineEnding } from "#lib/wire/decode-lines.ts";
import { createValueReader } from "#lib/wire/parse-lines.ts";
import type { StreamEvent } from "#lib/wire/stream-event.ts";

export type StreamParser = {
  /** The events that these bytes complete, in the order of the wire. */
  push(bytes: Uint8Array): StreamEvent[];
  /** What the end of the body completes or leaves unreadable. Call it once, after the last push. */
  end(): StreamEvent[];
};

/**
 * Reads one response body of an LMI container, in any dialect and any framing, whatever the chunk boundaries.
 * Equal bytes give equal events however they are cut. Never throws on data: what cannot be read comes out as
 * `malformed`, and reading goes on with the next line.
 */
export function createStreamParser(): StreamParser {
  const memory = emptyMemory();
  let events: StreamEvent[] = [];
  const reader = createValueReader(memory, (event) => events.push(event));
  const decoder = createLineDecoder(readLine);

  function readLine(line: string, ending: LineEnding): void {
    if (ending === "too-long") reader.giveUp(line);
    else reader.push(line);
  }

  function drain(): StreamEvent[] {
    const drained = events;
    events = [];
    return drained;
  }

  return {
    push(bytes) {
      decoder.push(bytes);
      return drain();
    },
    end() {
      decoder.end();
      reader.end();
      if (memory.endless && !memory.over) {
        events.push({ type: "end", rawReason: null, generatedText: memory.answer });
      }
      return drain();
    },
  };
}

/** `createStreamParser` over a body that arrives by itself. A source that throws is not data: the error passes. */
export async function* parseStream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const parser = createStreamParser();
  for await (const chunk of bytes) yield* parser.push(chunk);
  yield* parser.end();
}
