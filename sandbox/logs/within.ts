import type { LogEvent } from "./log-events.ts";

const MOST_BYTES = 1024 * 1024;
const EVENT_OVERHEAD = 26;

/** Whether a moment lies between two others, both included; a bound that is missing bounds nothing. */
export function isBetween(at: number, from: number | undefined, to: number | undefined): boolean {
  return (from === undefined || at >= from) && (to === undefined || at <= to);
}

/** The first events that fit into the megabyte an answer may have, at least one. */
export function withinBytes(events: readonly LogEvent[]): LogEvent[] {
  let bytes = 0;
  const end = events.findIndex(({ message }) => {
    bytes += Buffer.byteLength(message) + EVENT_OVERHEAD;
    return bytes > MOST_BYTES;
  });
  return end === -1 ? [...events] : events.slice(0, Math.max(1, end));
}
