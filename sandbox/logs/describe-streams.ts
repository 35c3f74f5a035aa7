import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { groupArn, requireGroup } from "./find-group.ts";
import { type LogEvent, logEvents } from "./log-events.ts";
import { invalidParameter, invalidToken } from "./refusals.ts";

const DEFAULT_LIMIT = 50;

/** A page of a group's streams by their names or by when they were last written to. */
export function describeLogStreams(scope: Scope, input: JsonObject): JsonObject {
  const group = requireGroup(scope, input);
  const prefix = stringAt(input, "logStreamNamePrefix") ?? "";
  const byTime = stringAt(input, "orderBy") === "LastEventTime";
  if (byTime && prefix !== "") {
    throw invalidParameter("Cannot order by LastEventTime with a logStreamNamePrefix.");
  }
  const streams = new Map<string, LogEvent[]>();
  for (const event of logEvents(scope, group)) {
    if (!event.stream.startsWith(prefix)) continue;
    const there = streams.get(event.stream);
    if (there === undefined) streams.set(event.stream, [event]);
    else there.push(event);
  }
  const descending = input.descending === true;
  const ordered = [...streams]
    .map(([name, events]) => describeStream(scope, group, name, events))
    .toSorted((left, right) => {
      const order = byTime ? left.lastEventTimestamp - right.lastEventTimestamp : 0;
      const rank = order || (left.logStreamName < right.logStreamName ? -1 : 1);
      return descending ? -rank : rank;
    })
    .map((stream, index) => ({ stream, key: String(index).padStart(8, "0") }));
  const page = keyedPage(ordered, {
    // Streams are counted here: a group has a handful, and none is taken away between two pages.
    keyOf: ({ key }) => key,
    size: numberAt(input, "limit") ?? DEFAULT_LIMIT,
    token: stringAt(input, "nextToken"),
    list: `DescribeLogStreams/${scope.region}/${JSON.stringify([group, prefix, byTime, descending])}`,
    secret: scope.store.secret(),
    invalid: invalidToken(),
  });
  return {
    logStreams: page.items.map(({ stream }) => stream),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

function describeStream(scope: Scope, group: string, name: string, events: readonly LogEvent[]) {
  const [first] = events;
  const last = events.at(-1);
  return {
    logStreamName: name,
    creationTime: first?.at ?? 0,
    firstEventTimestamp: first?.at ?? 0,
    lastEventTimestamp: last?.at ?? 0,
    lastIngestionTime: last?.ingestedAt ?? 0,
    uploadSequenceToken: last?.position ?? "0",
    arn: `${groupArn(scope, group)}:log-stream:${name}`,
    // CloudWatch has not counted the bytes of single streams since 2019.
    storedBytes: 0,
  };
}
