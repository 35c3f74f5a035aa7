import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { requireGroup } from "./find-group.ts";
import { type LogEvent, logEvents } from "./log-events.ts";
import { invalidToken, noSuchStream } from "./refusals.ts";
import { isBetween, withinBytes } from "./within.ts";

const MOST_EVENTS = 10_000;
const TOKEN = /^([fb])\/(\d{56})\/s$/;
const LOWEST = "0".repeat(56);

/**
 * Lines of one stream, oldest first, with a token for each direction: from the head or the tail of the stream, or
 * on from a token. At an end the token that was given comes back, as clients wait for.
 */
export function getLogEvents(scope: Scope, input: JsonObject): JsonObject {
  const group = requireGroup(scope, input);
  const name = stringAt(input, "logStreamName") ?? "";
  const stream = logEvents(scope, group).filter((event) => event.stream === name);
  if (stream.length === 0) throw noSuchStream();
  const token = stringAt(input, "nextToken");
  const from = token === undefined ? undefined : readToken(token);
  const events = stream.filter(
    // The end itself is not included here, other than in FilterLogEvents.
    ({ at }) => isBetween(at, numberAt(input, "startTime"), (numberAt(input, "endTime") ?? Infinity) - 1),
  );
  const forward = from === undefined ? input.startFromHead === true : from.direction === "f";
  const rest = from === undefined ? events : events.filter((event) => isBeyond(event, from));
  const size = numberAt(input, "limit") ?? MOST_EVENTS;
  const page = forward
    ? withinBytes(rest.slice(0, size))
    : withinBytes(rest.slice(-size).toReversed()).toReversed();
  const first = page[0]?.position;
  const last = page.at(-1)?.position;
  const stay = from?.position ?? events.at(-1)?.position ?? LOWEST;
  return {
    events: page.map(({ at, message, ingestedAt }) => ({
      timestamp: at,
      message,
      ingestionTime: ingestedAt,
    })),
    nextForwardToken: `f/${last ?? stay}/s`,
    nextBackwardToken: `b/${first ?? stay}/s`,
  };
}

type Place = { readonly direction: string; readonly position: string };

function readToken(token: string): Place {
  const [, direction, position] = TOKEN.exec(token) ?? [];
  if (direction === undefined || position === undefined) throw invalidToken();
  return { direction, position };
}

// Forward tokens stand on the last line that was given, backward ones on the first.
function isBeyond({ position }: LogEvent, from: Place): boolean {
  return from.direction === "f" ? position > from.position : position < from.position;
}
