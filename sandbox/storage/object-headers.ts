import type { StorageCall } from "./call.ts";
import type { ObjectHeaders, ObjectRecord } from "./records.ts";
import { storageError } from "./storage-error.ts";

const REPEATED = ["content-type", "cache-control", "content-disposition", "content-language", "expires"];
const LARGEST_METADATA = 2048;

/** The headers of a put that later reads repeat. Throws `MetadataTooLarge` above 2 KB of a client's own. */
export function headersToKeep(headers: StorageCall["headers"]): ObjectHeaders {
  const own = Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-"));
  const size = own.reduce((sum, [name, value]) => sum + name.length - 11 + (value ?? "").length, 0);
  if (size > LARGEST_METADATA) {
    throw storageError(
      "MetadataTooLarge",
      400,
      "Your metadata headers exceed the maximum allowed metadata size",
    );
  }
  // `aws-chunked` is how the body travelled and no property of the object.
  const encoding = (headers["content-encoding"] ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "" && word !== "aws-chunked");
  const repeated = REPEATED.map((name) => [name, headers[name]] as const);
  const kept = [...repeated, ...own].flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    "content-type": "binary/octet-stream",
    ...Object.fromEntries(kept),
    ...(encoding.length === 0 ? {} : { "content-encoding": encoding.join(",") }),
  };
}

/** The headers of a read; a signed query may override some (`response-content-type` and its kin). */
export function headersToSend(object: ObjectRecord, query: URLSearchParams): Record<string, string> {
  const overridden = [...REPEATED, "content-encoding"].flatMap((name) => {
    const value = query.get(`response-${name}`);
    // What cannot stand in a header would end the answer in a defect.
    return value === null || /[^\t\x20-\x7e]/.test(value) ? [] : [[name, value] as const];
  });
  return {
    ...object.headers,
    ...Object.fromEntries(overridden),
    etag: `"${object.etag}"`,
    "last-modified": new Date(object.modifiedAt).toUTCString(),
  };
}
