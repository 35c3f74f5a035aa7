import type { StorageCall } from "./call.ts";
import type { ObjectRecord } from "./records.ts";
import { storageError } from "./storage-error.ts";

/** 304 or 412 where a read's conditions do not let it through (RFC 9110 13.2.2); undefined where they do. */
export function refuseByCondition(
  object: ObjectRecord,
  headers: StorageCall["headers"],
): 304 | 412 | undefined {
  const match = headers["if-match"];
  const none = headers["if-none-match"];
  const modified = Date.parse(headers["if-modified-since"] ?? "");
  const unmodified = Date.parse(headers["if-unmodified-since"] ?? "");
  // HTTP dates have whole seconds.
  const at = Math.floor(object.modifiedAt / 1000) * 1000;
  if (match === undefined ? at > unmodified : !names(match, object)) return 412;
  if (none === undefined ? at <= modified : names(none, object)) return 304;
  return undefined;
}

/** Throws `PreconditionFailed` where a put asked for another state of the key. */
export function requirePrecondition(object: ObjectRecord | undefined, headers: StorageCall["headers"]): void {
  const match = headers["if-match"];
  const exists = object !== undefined;
  if (
    (headers["if-none-match"] === "*" && exists) ||
    (match !== undefined && !(exists && names(match, object)))
  ) {
    throw storageError(
      "PreconditionFailed",
      412,
      "At least one of the pre-conditions you specified did not hold",
    );
  }
}

function names(header: string, object: ObjectRecord): boolean {
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, "").replaceAll('"', ""));
  return tags.includes("*") || tags.includes(object.etag);
}
