import { z } from "zod";
import { validationException } from "../../aws-error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import document from "../../shapes/search-properties.json" with { type: "json" };

/** A property that Search knows: its place in the record, and what its values are. */
export type Property = {
  readonly path: readonly string[];
  readonly kind: "string" | "number" | "boolean" | "timestamp" | "list";
};

/** The resources Search knows here; the model lists more, of which a sandbox has none. */
export type Searched = "Endpoint" | "Model";

const kinds = z.record(z.string(), z.array(z.string()));
const { properties } = z.object({ properties: z.object({ Endpoint: kinds, Model: kinds }) }).parse(document);

/**
 * The property with this name: a member of the record, a key of one of its maps, or `Tags.KEY`. A member of the model
 * itself may go without its `Model.`. Throws AWS's refusal where the resource has none.
 */
export function propertyOf(resource: Searched, name: string): Property {
  const found = find(resource, name) ?? (resource === "Model" ? find(resource, `Model.${name}`) : undefined);
  if (found === undefined) throw validationException(`Unknown property name: ${name}`);
  return found;
}

function find(resource: Searched, name: string): Property | undefined {
  const tag = /^(Model\.)?Tags\.(.+)$/s.exec(name);
  // A tag's key may have dots of its own.
  if (tag !== null)
    return { path: [...(tag[1] === undefined ? [] : ["Model"]), "TagsByKey", tag[2] ?? ""], kind: "string" };
  for (const kind of ["string", "number", "boolean", "timestamp", "list"] as const) {
    if (properties[resource][kind]?.includes(name)) return { path: name.split("."), kind };
  }
  const map = properties[resource].map?.find((start) => name.startsWith(`${start}.`));
  if (map === undefined) return undefined;
  return { path: [...map.split("."), name.slice(map.length + 1)], kind: "string" };
}

/** Every value a record has at a path: lists are looked into, what is not there is left out. */
export function valuesAt(record: JsonValue, path: readonly string[]): JsonValue[] {
  let found: JsonValue[] = [record];
  for (const step of path) {
    found = found.flatMap((value) => {
      const entries = Array.isArray(value) ? value : [value];
      return entries.flatMap((entry: JsonValue) =>
        isJsonObject(entry) && Object.hasOwn(entry, step) ? [entry[step] ?? null] : [],
      );
    });
  }
  return found.flatMap((value): JsonValue[] =>
    Array.isArray(value) && !value.some(isJsonObject) ? value : [value],
  );
}

/** A record with its tags also by their keys, as filters name them. */
export function withTagsByKey(
  record: JsonObject,
  tags: readonly { Key: string; Value: string }[],
): JsonObject {
  return { ...record, TagsByKey: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) };
}
