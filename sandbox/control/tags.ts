import { validationException } from "../aws-error.ts";
import { type JsonObject, objectsAt, stringAt } from "../json.ts";
import type { Tag } from "../state/records.ts";
import type { Write } from "../state/store.ts";
import { arnOf } from "./arns.ts";
import { listPage, shortList } from "./list-page.ts";
import { keyOf, type Scope } from "./scope.ts";
import { exists } from "./timeline.ts";

const MOST_TAGS = 50;

/** Adds or replaces tags of a resource; answers all of them. Refuses `aws:` keys and more than 50 tags. */
export function addTags(scope: Scope, input: JsonObject): JsonObject {
  const arn = requireResource(scope, input);
  const added = tagsIn(input);
  // A key that is there is replaced, which does not count against the limit.
  const kept = tagsOf(scope, arn).filter((tag) => !added.some((next) => next.Key === tag.Key));
  const tags = [...kept, ...added];
  if (tags.length > MOST_TAGS) {
    throw validationException(`Tag limit exceeded: a resource can have at most ${MOST_TAGS} tags.`);
  }
  scope.store.commit([tagWrite(scope, arn, tags)]);
  return { Tags: tags };
}

/** A page of a resource's tags, in order of their keys. */
export function listTags(scope: Scope, input: JsonObject): JsonObject {
  const arn = requireResource(scope, input);
  const rows = tagsOf(scope, arn).map((tag) => ({
    tag,
    name: tag.Key,
    createdAt: 0,
    modifiedAt: 0,
    status: "",
  }));
  // The page code sorts by name and time; tags have only a name.
  const ordered = { MaxResults: MOST_TAGS, ...input, SortBy: "Name", SortOrder: "Ascending" };
  const page = listPage(
    { name: `ListTags/${scope.region}`, inOrder: shortList(rows), secret: scope.store.secret() },
    ordered,
  );
  return {
    Tags: page.items.map((row) => row.tag),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** Removes tags by key; keys that are not there are no error. */
export function deleteTags(scope: Scope, input: JsonObject): JsonObject {
  const arn = requireResource(scope, input);
  const keys = input.TagKeys;
  const gone = Array.isArray(keys) ? keys : [];
  scope.store.commit([
    tagWrite(
      scope,
      arn,
      tagsOf(scope, arn).filter((tag) => !gone.includes(tag.Key)),
    ),
  ]);
  return {};
}

/** The tags a create call carries, checked. */
export function initialTags(input: JsonObject): Tag[] {
  return tagsIn(input);
}

/** The write that makes these the tags of a resource; null forgets them with the resource. */
export function tagWrite(scope: Scope, arn: string, tags: readonly Tag[] | null): Write {
  return { table: "tags", region: scope.region, key: arn.toLowerCase(), value: tags };
}

/** The tags of a resource by its ARN. */
export function tagsOf(scope: Scope, arn: string): readonly Tag[] {
  return scope.store.get("tags", scope.region, arn.toLowerCase()) ?? [];
}

function tagsIn(input: JsonObject): Tag[] {
  const tags = objectsAt(input, "Tags").map((tag) => ({
    Key: stringAt(tag, "Key") ?? "",
    Value: stringAt(tag, "Value") ?? "",
  }));
  if (tags.some((tag) => tag.Key.toLowerCase().startsWith("aws:"))) {
    throw validationException("aws: prefixed tag key names are not allowed for external use.");
  }
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length) {
    throw validationException("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  return tags;
}

function requireResource(scope: Scope, input: JsonObject): string {
  const arn = stringAt(input, "ResourceArn") ?? "";
  // The ARN's name part may come in another case than it was created with.
  const [, kind = "", name = ""] = /^([a-z-]+)\/(.+)$/.exec(arn.split(":")[5] ?? "") ?? [];
  const found = findResource(scope, kind, keyOf(name));
  if (found?.toLowerCase() !== arn.toLowerCase()) {
    const wrongRegion = !arn
      .toLowerCase()
      .startsWith(arnOf("model", scope.region, "").slice(0, -"model/".length));
    throw validationException(
      wrongRegion ? `Invalid resource ARN "${arn}".` : `Could not find resource "${arn}".`,
    );
  }
  return found ?? arn;
}

function findResource({ store, region, clock }: Scope, kind: string, key: string): string | undefined {
  switch (kind) {
    case "model":
      return store.get("models", region, key)?.arn;
    case "endpoint-config":
      return store.get("configs", region, key)?.arn;
    case "endpoint": {
      const endpoint = store.get("endpoints", region, key);
      return endpoint !== undefined && exists(endpoint, clock.now()) ? endpoint.arn : undefined;
    }
    case "inference-component": {
      const component = store.get("components", region, key);
      return component !== undefined && exists(component, clock.now()) ? component.arn : undefined;
    }
    case "ai-workload-config":
      return store.get("aiWorkloads", region, key)?.arn;
    case "ai-benchmark-job":
      return store.get("aiBenchmarks", region, key)?.arn;
    case "ai-recommendation-job":
      return store.get("aiRecommendations", region, key)?.arn;
    default:
      return undefined;
  }
}
