import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { StreamEvent } from "../services/json-rpc.ts";
import { parseFilterPattern } from "./filter-pattern.ts";
import { existing, groupArn, groupOfIdentifier } from "./find-group.ts";
import { logEvents } from "./log-events.ts";
import { invalidParameter } from "./refusals.ts";

// AWS sends one update a second, at most 500 lines in it, for three hours.
const PERIOD_MS = 1000;
const MOST_LINES = 500;
const SESSION_MS = 3 * 3_600_000;

/**
 * StartLiveTail: the lines that groups get from now on, one update a second, also where it is empty. Throws before
 * the first event for groups that are not there, names where ARNs are wanted, and patterns that are none.
 */
export async function* startLiveTail(
  scope: Scope,
  input: JsonObject,
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  const { logGroupIdentifiers: identifiers, logStreamNames: names, logStreamNamePrefixes: prefixes } = input;
  const asked = Array.isArray(identifiers) ? identifiers.map(String) : [];
  if (asked.some((identifier) => !identifier.startsWith("arn:") || identifier.endsWith("*"))) {
    throw invalidParameter(
      "logGroupIdentifiers must be ARNs of log groups that do not end with an asterisk.",
    );
  }
  const groups = asked.map((identifier) => existing(scope, groupOfIdentifier(scope, identifier)));
  if ((Array.isArray(names) || Array.isArray(prefixes)) && groups.length > 1) {
    throw invalidParameter("Log streams can only be named where one log group is tailed.");
  }
  if (Array.isArray(names) && Array.isArray(prefixes)) {
    throw invalidParameter("logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.");
  }
  const pattern = stringAt(input, "logEventFilterPattern") ?? "";
  const matches = parseFilterPattern(pattern);
  const isWanted = (stream: string) =>
    (!Array.isArray(names) || names.includes(stream)) &&
    (!Array.isArray(prefixes) || prefixes.some((prefix) => stream.startsWith(String(prefix))));
  yield {
    type: "sessionStart",
    body: {
      requestId: randomUUID(),
      sessionId: randomUUID(),
      logGroupIdentifiers: asked,
      logEventFilterPattern: pattern,
      ...(Array.isArray(names) ? { logStreamNames: names } : {}),
      ...(Array.isArray(prefixes) ? { logStreamNamePrefixes: prefixes } : {}),
    },
  };
  // A position begins with its moment, so this is before everything of this millisecond.
  const begin = String(Math.round(scope.clock.now())).padStart(15, "0");
  const seen = new Map(groups.map((group) => [group, begin]));
  const deadline = performance.now() + SESSION_MS;
  while (performance.now() < deadline) {
    const fresh = groups.flatMap((group) => {
      const lines = logEvents(scope, group).filter(({ position }) => position > (seen.get(group) ?? begin));
      seen.set(group, lines.at(-1)?.position ?? seen.get(group) ?? begin);
      return lines
        .filter(({ stream, message }) => isWanted(stream) && matches(message))
        .map(({ stream, message, at, ingestedAt }) => ({
          logStreamName: stream,
          logGroupIdentifier: groupArn(scope, group),
          message,
          timestamp: at,
          ingestionTime: ingestedAt,
        }));
    });
    yield {
      type: "sessionUpdate",
      body: {
        sessionMetadata: { sampled: fresh.length > MOST_LINES },
        sessionResults: fresh.slice(0, MOST_LINES),
      },
    };
    if (!(await paused(signal))) return;
  }
  yield { type: "SessionTimeoutException", body: { message: "The session has ended after three hours." } };
}

/** Waits for the next update; false where the client has left. */
async function paused(signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(PERIOD_MS, undefined, { signal, ref: false });
    return true;
  } catch {
    return false;
  }
}
