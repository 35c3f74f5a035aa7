import { children, element, textOf } from "../xml.ts";
import { document, isoTime, readDocument, type StorageAnswer, type StorageCall } from "./call.ts";
import { refuseByCondition, requirePrecondition } from "./conditions.ts";
import { headersToKeep, headersToSend } from "./object-headers.ts";
import { rangeOf } from "./range.ts";
import { receiveBody } from "./receive-body.ts";
import { removeObject, replaceObject, requireBucket, requireObject } from "./storage.ts";
import { invalidArgument, malformedXml } from "./storage-error.ts";

/** Stores an object; answers its ETag and the checksums it was sent with. */
export async function putObject(call: StorageCall): Promise<StorageAnswer> {
  const { storage, bucket, key, headers } = call;
  requirePrecondition(storage.store.get("objects", bucket, key), headers);
  const { blob, etag, checksums } = await receiveBody(call);
  // The bucket may have gone while the body came.
  requireBucket(storage, bucket);
  replaceObject(storage, bucket, {
    key,
    blobs: [blob],
    size: blob.size,
    etag,
    modifiedAt: storage.clock.now(),
    headers: headersToKeep(headers),
    checksums,
  });
  return { status: 200, headers: { etag: `"${etag}"`, ...checksums } };
}

/** GetObject and HeadObject: the second is the first without a body. */
export function getObject(call: StorageCall, withBody: boolean): StorageAnswer {
  const { storage, bucket, key, headers, query } = call;
  const object = requireObject(storage, bucket, key);
  const sent = headersToSend(object, query);
  const refused = refuseByCondition(object, headers);
  if (refused !== undefined) return { status: refused, headers: sent };
  const range = rangeOf(headers.range, object.size);
  const [start, end] = range ?? [0, object.size];
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...sent,
      "content-length": String(end - start),
      "accept-ranges": "bytes",
      ...(range === undefined ? {} : { "content-range": `bytes ${start}-${end - 1}/${object.size}` }),
      // The checksum is one of the whole, so part of an object goes without.
      ...(headers["x-amz-checksum-mode"] === "ENABLED" && range === undefined ? object.checksums : {}),
    },
    ...(withBody ? { body: storage.blobs.read(object.blobs, start, end) } : {}),
  };
}

/** Deletes one object, or nothing. */
export function deleteObject({ storage, bucket, key }: StorageCall): StorageAnswer {
  removeObject(storage, bucket, key);
  return { status: 204 };
}

/** Deletes up to 1,000 objects by a document. */
export async function deleteObjects(call: StorageCall): Promise<StorageAnswer> {
  const asked = await readDocument(call, "Delete");
  const keys = asked.children.filter(({ name }) => name === "Object").map((entry) => textOf(entry, "Key"));
  if (keys.length === 0 || keys.length > 1000) throw malformedXml();
  const deleted = keys.map((key) => {
    if (key === undefined) throw malformedXml();
    removeObject(call.storage, call.bucket, key);
    return { Key: key };
  });
  return document("DeleteResult", textOf(asked, "Quiet") === "true" ? "" : element("Deleted", deleted));
}

/** Copies an object, its headers with it unless the request replaces them. */
export async function copyObject(call: StorageCall): Promise<StorageAnswer> {
  const { storage, bucket, key, headers } = call;
  const [from, source] = readSource(headers["x-amz-copy-source"] ?? "");
  requireBucket(storage, from);
  const object = requireObject(storage, from, source);
  const replaces = headers["x-amz-metadata-directive"] === "REPLACE";
  if (from === bucket && source === key && !replaces) {
    throw invalidArgument(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      "x-amz-copy-source",
      headers["x-amz-copy-source"] ?? "",
    );
  }
  const blobs = await Promise.all(object.blobs.map((blob) => storage.blobs.copy(blob)));
  requireBucket(storage, bucket);
  const modifiedAt = storage.clock.now();
  const kept = replaces ? headersToKeep(headers) : object.headers;
  replaceObject(storage, bucket, { ...object, key, blobs, modifiedAt, headers: kept });
  const result = { ETag: `"${object.etag}"`, LastModified: isoTime(modifiedAt) };
  return document("CopyObjectResult", children(result));
}

function readSource(header: string): readonly [string, string] {
  const refusal = invalidArgument(
    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    "x-amz-copy-source",
    header,
  );
  try {
    const match = /^\/?([^/?]+)\/([^?]+)$/.exec(header);
    if (match === null) throw refusal;
    return [decodeURIComponent(match[1] ?? ""), decodeURIComponent(match[2] ?? "")];
  } catch {
    throw refusal;
  }
}
