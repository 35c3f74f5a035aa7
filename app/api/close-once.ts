import type { RunEvent } from "#lib/run/run-event.ts";

const BUG: RunEvent = {
  type: "run-error",
  failure: {
    code: "unexpected",
    message: "Sagescope itself failed while it relayed the answer.",
    hint: "The terminal in which it runs shows what failed. What came is kept.",
  },
  generatedText: "",
};

/**
 * The same events with exactly one `run-end` or `run-error`, last: a page that waits for the end must not wait
 * for ever because of a mistake of ours, which is told to the terminal.
 */
export async function* closeOnce(events: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent> {
  try {
    for await (const event of events) {
      yield event;
      if (event.type === "run-end" || event.type === "run-error") return;
    }
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : "A run failed for an unknown reason.");
  }
  yield BUG;
}
