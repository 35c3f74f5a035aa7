import type { FailedEvent, TokenEvent } from "../open-generation.ts";

export type Events = AsyncIterable<TokenEvent | FailedEvent>;

/** A line for each step with one text a prompt; finished prompts go on with empty ones (lmi-wire 4.7). */
export async function* writeOutputs(prompts: readonly Events[]): AsyncGenerator<string> {
  const iterators = prompts.map((events) => events[Symbol.asyncIterator]());
  try {
    for (;;) {
      const steps = await Promise.all(iterators.map((iterator) => iterator.next()));
      if (steps.every((step) => step.done === true)) return;
      const outputs: string[] = [];
      for (const step of steps) {
        const event = step.done === true ? undefined : step.value;
        if (event?.type === "failed") {
          // The bare text of the exception: no JSON and no line end.
          yield event.message;
          return;
        }
        // Each token is decoded alone, so that a divided character shows as U+FFFD.
        outputs.push(event === undefined || event.special ? "" : event.token.text);
      }
      yield `{"outputs": [${outputs.map(asciiString).join(", ")}]}\n`;
    }
  } finally {
    for (const iterator of iterators) void iterator.return?.();
  }
}

// Python's default `ensure_ascii`: emoji come as two escapes, as their UTF-16 halves.
function asciiString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
