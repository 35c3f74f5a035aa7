import { AwsError } from "../aws-error.ts";
import type { Scope } from "../control/scope.ts";
import { tagWrite } from "../control/tags.ts";
import { isJsonObject, type JsonObject, stringAt } from "../json.ts";
import type { Tag } from "../state/records.ts";

const MOST_TAGS = 50;

/** Adds or replaces tags of a scalable target. */
export function tagResource(scope: Scope, input: JsonObject): JsonObject {
  const arn = requireArn(scope, input);
  const added = readTagMap(input);
  const kept = tagsOf(scope, arn).filter((tag) => !added.some((next) => next.Key === tag.Key));
  if (kept.length + added.length > MOST_TAGS) {
    throw new AwsError("TooManyTagsException", `A resource can have at most ${MOST_TAGS} tags.`);
  }
  scope.store.commit([tagWrite(scope, arn, [...kept, ...added])]);
  return {};
}

/** Removes tags by key. */
export function untagResource(scope: Scope, input: JsonObject): JsonObject {
  const arn = requireArn(scope, input);
  const gone = Array.isArray(input.TagKeys) ? input.TagKeys : [];
  const kept = tagsOf(scope, arn).filter((tag) => !gone.includes(tag.Key));
  scope.store.commit([tagWrite(scope, arn, kept)]);
  return {};
}

/** All tags of a scalable target. */
export function listTagsForResource(scope: Scope, input: JsonObject): JsonObject {
  const tags = tagsOf(scope, requireArn(scope, input));
  return { Tags: Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value])) };
}

/** The tags of a call, which this service writes as a map. */
export function readTagMap(input: JsonObject): Tag[] {
  const tags = isJsonObject(input.Tags) ? Object.entries(input.Tags) : [];
  return tags.map(([Key, Value]) => ({ Key, Value: String(Value) }));
}

function tagsOf(scope: Scope, arn: string): readonly Tag[] {
  return scope.store.get("tags", scope.region, arn.toLowerCase()) ?? [];
}

function requireArn(scope: Scope, input: JsonObject): string {
  const arn = stringAt(input, "ResourceARN") ?? "";
  if (!scope.store.all("scalableTargets", scope.region).some((target) => target.arn === arn)) {
    throw new AwsError("ResourceNotFoundException", `No scalable target found with ARN: ${arn}`);
  }
  return arn;
}
