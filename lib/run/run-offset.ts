import type { RunState } from "./reduce-run.ts";
import type { RunEvent } from "./run-event.ts";

/** Where an answer stands when it is asked on: what the events of the next run have to be counted from. */
export type RunOffset = { tokens: number; parts: number; requests: number; text: string; elapsed: number };

export function runOffset(run: RunState): RunOffset {
  return {
    tokens: run.tokens.length,
    parts: (run.parts.at(-1)?.index ?? -1) + 1,
    requests: run.requests,
    text: run.generatedText,
    elapsed: run.elapsed ?? 0,
  };
}

type LateAlternatives = Extract<RunEvent, { type: "run-end" }>["alternatives"];

/**
 * Moves an event of a run that continues another one behind it: indexes, parts and counts go on, the text is the
 * whole text, and `at` goes on from the earlier run's last event, so that time spent reading does not count.
 */
export function offsetEvent(event: RunEvent, offset: RunOffset): RunEvent {
  switch (event.type) {
    case "run-start":
      return event;
    case "token":
      return {
        ...event,
        index: event.index + offset.tokens,
        part: event.part + offset.parts,
        at: event.at + offset.elapsed,
      };
    case "part-end":
      return {
        ...event,
        part: event.part + offset.parts,
        at: event.at + offset.elapsed,
        ...moved(event.alternatives, offset),
      };
    case "run-end":
      return {
        ...event,
        generatedText: offset.text + event.generatedText,
        tokens: event.tokens + offset.tokens,
        requests: event.requests + offset.requests,
        at: event.at + offset.elapsed,
        ...moved(event.alternatives, offset),
      };
    case "run-error":
      return {
        ...event,
        generatedText: offset.text + event.generatedText,
        ...(event.tokens === undefined ? {} : { tokens: event.tokens + offset.tokens }),
        ...(event.requests === undefined ? {} : { requests: event.requests + offset.requests }),
        ...(event.at === undefined ? {} : { at: event.at + offset.elapsed }),
      };
    case "malformed":
      return {
        ...event,
        ...(event.part === undefined ? {} : { part: event.part + offset.parts }),
        ...(event.at === undefined ? {} : { at: event.at + offset.elapsed }),
      };
  }
}

function moved(alternatives: LateAlternatives, offset: RunOffset): { alternatives?: LateAlternatives } {
  if (alternatives === undefined) return {};
  return { alternatives: alternatives.map((late) => ({ ...late, index: late.index + offset.tokens })) };
}
