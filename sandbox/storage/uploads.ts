import { createHash, randomUUID } from "node:crypto";
import { children, textOf, type XmlElement } from "../xml.ts";
import { document, readDocument, type StorageAnswer, type StorageCall } from "./call.ts";
import { headersToKeep } from "./object-headers.ts";
import { receiveBody } from "./receive-body.ts";
import type { PartRecord, UploadRecord } from "./records.ts";
import { removeBlobs, replaceObject, requireBucket } from "./storage.ts";
import { invalidArgument, malformedXml, storageError } from "./storage-error.ts";

// AWS's: every part but the last has at least 5 MiB, and there are at most 10,000.
const SMALLEST_PART = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;

/** Begins an upload in parts. */
export function createUpload({ storage, bucket, key, headers }: StorageCall): StorageAnswer {
  requireBucket(storage, bucket);
  const id = randomUUID().replaceAll("-", "");
  const startedAt = storage.clock.now();
  const value: UploadRecord = { id, key, headers: headersToKeep(headers), startedAt, parts: {} };
  storage.store.commit([{ table: "uploads", region: bucket, key: id, value }]);
  return document("InitiateMultipartUploadResult", children({ Bucket: bucket, Key: key, UploadId: id }));
}

/** Stores one part; a part that is sent again replaces the earlier one. */
export async function uploadPart(call: StorageCall): Promise<StorageAnswer> {
  const { storage, bucket, query } = call;
  const text = query.get("partNumber") ?? "";
  if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > MOST_PARTS) {
    throw invalidArgument(
      "Part number must be an integer between 1 and 10000, inclusive",
      "partNumber",
      text,
    );
  }
  const number = Number(text);
  requireUpload(call);
  const { blob, etag, checksums } = await receiveBody(call);
  // Other parts may have come meanwhile, or the upload may have ended.
  const upload = requireUpload(call);
  const before = upload.parts[number];
  const value = { ...upload, parts: { ...upload.parts, [number]: { blob, etag } } };
  storage.store.commit([{ table: "uploads", region: bucket, key: upload.id, value }]);
  if (before !== undefined) removeBlobs(storage, [before.blob]);
  return { status: 200, headers: { etag: `"${etag}"`, ...checksums } };
}

/** Makes the parts that the document lists into one object, without copying a byte. */
export async function completeUpload(call: StorageCall): Promise<StorageAnswer> {
  const { storage, bucket, key } = call;
  const asked = await readDocument(call, "CompleteMultipartUpload");
  const upload = requireUpload(call);
  const parts = chooseParts(upload, asked);
  const blobs = parts.map((part) => part.blob);
  const digests = parts.map((part) => Buffer.from(part.etag, "hex"));
  // The hash of the parts' hashes: S3's ETag of such an object says how many parts it had.
  const etag = `${createHash("md5").update(Buffer.concat(digests)).digest("hex")}-${parts.length}`;
  replaceObject(storage, bucket, {
    key,
    blobs,
    size: blobs.reduce((sum, blob) => sum + blob.size, 0),
    etag,
    modifiedAt: storage.clock.now(),
    headers: upload.headers,
    checksums: {},
  });
  forget(call, upload, new Set(blobs.map((blob) => blob.id)));
  const fields = { Location: `/${bucket}/${key}`, Bucket: bucket, Key: key, ETag: `"${etag}"` };
  return document("CompleteMultipartUploadResult", children(fields));
}

/** Drops an upload with all its parts. */
export function abortUpload(call: StorageCall): StorageAnswer {
  forget(call, requireUpload(call), new Set());
  return { status: 204 };
}

function chooseParts(upload: UploadRecord, asked: XmlElement): PartRecord[] {
  const listed = asked.children.filter(({ name }) => name === "Part");
  if (listed.length === 0) throw malformedXml();
  const numbers = listed.map((entry) => Number(textOf(entry, "PartNumber") ?? ""));
  if (numbers.some((number, index) => !(number > (numbers[index - 1] ?? 0)))) {
    throw storageError(
      "InvalidPartOrder",
      400,
      "The list of parts was not in ascending order. Parts must be ordered by part number.",
    );
  }
  return listed.map((entry, index) => {
    const number = numbers[index] ?? 0;
    const part = upload.parts[number];
    if (part === undefined || (textOf(entry, "ETag") ?? "").replaceAll('"', "") !== part.etag) {
      throw storageError(
        "InvalidPart",
        400,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { UploadId: upload.id, PartNumber: String(number) },
      );
    }
    if (index < listed.length - 1 && part.blob.size < SMALLEST_PART) {
      throw storageError(
        "EntityTooSmall",
        400,
        "Your proposed upload is smaller than the minimum allowed size",
        { PartNumber: String(number), MinSizeAllowed: String(SMALLEST_PART) },
      );
    }
    return part;
  });
}

function forget({ storage, bucket }: StorageCall, upload: UploadRecord, kept: ReadonlySet<string>): void {
  storage.store.commit([{ table: "uploads", region: bucket, key: upload.id, value: null }]);
  const blobs = Object.values(upload.parts).map((part) => part.blob);
  removeBlobs(
    storage,
    blobs.filter((blob) => !kept.has(blob.id)),
  );
}

function requireUpload({ storage, bucket, key, query }: StorageCall): UploadRecord {
  const upload = storage.store.get("uploads", bucket, query.get("uploadId") ?? "");
  if (upload === undefined || upload.key !== key) {
    throw storageError(
      "NoSuchUpload",
      404,
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    );
  }
  return upload;
}
