import type { FailedEvent, TokenEvent } from "./open-generation.ts";

export type StopRules = {
  readonly stops: readonly string[];
  readonly include: boolean;
  /** Whether text that may be the beginning of a stop string waits, as in vLLM's detokenizer. */
  readonly holdBack: boolean;
};

/** Ends a generation at the first stop string; the last delta is cut before it, or after it where included. */
export function applyStops(
  events: AsyncIterable<TokenEvent | FailedEvent>,
  rules: StopRules,
): AsyncIterable<TokenEvent | FailedEvent> {
  const wanted = rules.stops.filter((stop) => stop !== "");
  return wanted.length === 0 ? events : cutAtStops(events, wanted, rules);
}

async function* cutAtStops(
  events: AsyncIterable<TokenEvent | FailedEvent>,
  wanted: readonly string[],
  { include, holdBack }: Omit<StopRules, "stops">,
): AsyncGenerator<TokenEvent | FailedEvent> {
  const longest = Math.max(0, ...wanted.map((stop) => stop.length));
  const held = holdBack ? Math.max(0, longest - 1) : 0;
  let text = "";
  let sent = 0;
  for await (const event of events) {
    if (event.type === "failed") {
      yield event;
      continue;
    }
    const searched = Math.max(0, text.length - longest);
    text += event.delta;
    const found = earliest(text, wanted, searched);
    if (found !== undefined) {
      const end = found.at + (include ? found.stop.length : 0);
      yield { ...event, delta: text.slice(sent, end), finish: { reason: "stop", stop: found.stop } };
      return;
    }
    const upTo = event.finish === null ? Math.max(sent, text.length - held) : text.length;
    yield { ...event, delta: text.slice(sent, upTo) };
    sent = upTo;
  }
}

function earliest(
  text: string,
  stops: readonly string[],
  from: number,
): { at: number; stop: string } | undefined {
  const hits = stops.map((stop) => ({ at: text.indexOf(stop, from), stop })).filter((hit) => hit.at >= 0);
  return hits.toSorted((left, right) => left.at - right.at)[0];
}
