import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, stringAt } from "../json.ts";
import { keyedPage } from "../services/keyed-page.ts";
import { groupArn, groupOfIdentifier } from "./find-group.ts";
import { logEvents, logGroups } from "./log-events.ts";
import { invalidParameter, invalidToken } from "./refusals.ts";

const DEFAULT_LIMIT = 50;
// What CloudWatch adds to the bytes of each message.
const EVENT_OVERHEAD = 26;

/** A page of log groups in order of their names, by the start of the name, a part of it, or whole identifiers. */
export function describeLogGroups(scope: Scope, input: JsonObject): JsonObject {
  const prefix = stringAt(input, "logGroupNamePrefix");
  const part = stringAt(input, "logGroupNamePattern");
  const { logGroupIdentifiers: identifiers } = input;
  if (prefix !== undefined && part !== undefined) {
    throw invalidParameter(
      "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.",
    );
  }
  if (input.includeLinkedAccounts !== true && input.accountIdentifiers !== undefined) {
    throw invalidParameter("accountIdentifiers can only be specified with includeLinkedAccounts.");
  }
  const wanted = Array.isArray(identifiers)
    ? identifiers.map((identifier) => groupOfIdentifier(scope, String(identifier)))
    : undefined;
  // All groups here are of the standard class.
  const otherClass = (stringAt(input, "logGroupClass") ?? "STANDARD") !== "STANDARD";
  const groups = logGroups(scope).filter(
    ({ name }) =>
      !otherClass &&
      (prefix === undefined || name.startsWith(prefix)) &&
      (part === undefined || name.toLowerCase().includes(part.toLowerCase())) &&
      (wanted === undefined || wanted.includes(name)),
  );
  const page = keyedPage(groups, {
    keyOf: ({ name }) => name,
    size: numberAt(input, "limit") ?? DEFAULT_LIMIT,
    token: stringAt(input, "nextToken"),
    list: `DescribeLogGroups/${scope.region}/${JSON.stringify([prefix, part, wanted])}`,
    secret: scope.store.secret(),
    invalid: invalidToken(),
  });
  return {
    logGroups: page.items.map(({ name, createdAt }) => ({
      logGroupName: name,
      creationTime: Math.round(createdAt),
      metricFilterCount: 0,
      arn: `${groupArn(scope, name)}:*`,
      logGroupArn: groupArn(scope, name),
      logGroupClass: "STANDARD",
      storedBytes: logEvents(scope, name).reduce(
        (sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD,
        0,
      ),
    })),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}
