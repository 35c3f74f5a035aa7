import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import { requireGroup } from "./find-group.ts";
import { logEvents } from "./log-events.ts";
import { invalidParameter, invalidToken } from "./refusals.ts";
import { isBetween, withinBytes } from "./within.ts";

const MOST_EVENTS = 10_000;

/** Lines of several streams of a group that a pattern matches, oldest first, a page at a time. */
export function filterLogEvents(scope: Scope, input: JsonObject): JsonObject {
  const group = requireGroup(scope, input);
  const pattern = stringAt(input, "filterPattern") ?? "";
  const matches = parseFilterPattern(pattern);
  const isWanted = streamFilter(input);
  const [from, to] = [numberAt(input, "startTime"), numberAt(input, "endTime")];
  if (from !== undefined && to !== undefined && from > to) {
    throw invalidParameter("endTime must be after startTime.");
  }
  const found = logEvents(scope, group).filter(
    ({ stream, at, message }) => isWanted(stream) && isBetween(at, from, to) && matches(message),
  );
  const { logStreamNames: names, logStreamNamePrefix: prefix } = input;
  const paging = {
    keyOf: ({ position }: (typeof found)[number]) => position,
    token: stringAt(input, "nextToken"),
    list: `FilterLogEvents/${scope.region}/${JSON.stringify([group, pattern, names, prefix, from, to])}`,
    secret: scope.store.secret(),
    invalid: invalidToken(),
  };
  const size = numberAt(input, "limit") ?? MOST_EVENTS;
  const whole = keyedPage(found, { ...paging, size });
  const fitting = withinBytes(whole.items).length;
  const page = fitting < whole.items.length ? keyedPage(found, { ...paging, size: fitting }) : whole;
  return {
    events: page.items.map(({ stream, at, message, ingestedAt, position }) => ({
      logStreamName: stream,
      timestamp: at,
      message,
      ingestionTime: ingestedAt,
      eventId: position,
    })),
    // Always empty since 2020: AWS searches every stream completely.
    searchedLogStreams: [],
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

/** Which streams a call means, by their names or by the start of a name. */
function streamFilter(input: JsonObject): (stream: string) => boolean {
  const { logStreamNames: names } = input;
  const prefix = stringAt(input, "logStreamNamePrefix");
  if (Array.isArray(names) && prefix !== undefined) {
    throw invalidParameter("logStreamNames and logStreamNamePrefix are mutually exclusive parameters.");
  }
  if (Array.isArray(names)) return (stream) => names.includes(stream);
  return (stream) => stream.startsWith(prefix ?? "");
}
