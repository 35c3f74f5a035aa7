import { ACCOUNT, partitionOf } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, stringAt } from "../json.ts";
import { logGroups } from "./log-events.ts";
import { invalidParameter, noSuchGroup } from "./refusals.ts";

/** The ARN of a log group, without the `:*` that stands for its streams. */
export function groupArn(scope: Scope, group: string): string {
  return `arn:${partitionOf(scope.region)}:logs:${scope.region}:${ACCOUNT}:log-group:${group}`;
}

/** The group that an identifier means: a name, or an ARN with or without its `:*`. */
export function groupOfIdentifier(scope: Scope, identifier: string): string {
  if (!identifier.startsWith("arn:")) return identifier;
  const arn = identifier.replace(/:\*$/, "");
  const group = arn.split(":").slice(6).join(":");
  if (arn !== groupArn(scope, group)) throw noSuchGroup();
  return group;
}

/**
 * The existing group that a call names by `logGroupName` or `logGroupIdentifier`. Throws
 * `InvalidParameterException` where it names both or none, `ResourceNotFoundException` where there is none.
 */
export function requireGroup(scope: Scope, input: JsonObject): string {
  const name = stringAt(input, "logGroupName");
  const identifier = stringAt(input, "logGroupIdentifier");
  if ((name === undefined) === (identifier === undefined)) {
    throw invalidParameter(
      name === undefined
        ? "Either logGroupName or logGroupIdentifier must be specified."
        : "LogGroup name and LogGroup ARN are mutually exclusive parameters.",
    );
  }
  return existing(scope, name ?? groupOfIdentifier(scope, identifier ?? ""));
}

/** The group itself; throws `ResourceNotFoundException` where there is none by now. */
export function existing(scope: Scope, group: string): string {
  if (!logGroups(scope).some(({ name }) => name === group)) throw noSuchGroup();
  return group;
}
