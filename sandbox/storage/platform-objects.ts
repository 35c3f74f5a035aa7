import { createHash } from "node:crypto";
import type { ObjectLocation } from "./object-location.ts";
import { replaceObject, requireBucket, requireObject, type Storage } from "./storage.ts";

/** What the platform itself reads from S3. Throws `NoSuchBucket` and `NoSuchKey`. */
export async function readObject(storage: Storage, { bucket, key }: ObjectLocation): Promise<Uint8Array> {
  requireBucket(storage, bucket);
  const object = requireObject(storage, bucket, key);
  const chunks: Uint8Array[] = [];
  for await (const chunk of storage.blobs.read(object.blobs, 0, object.size)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What the platform itself writes to S3; it is on the disk when this resolves. Throws `NoSuchBucket`. */
export async function writeObject(
  storage: Storage,
  { bucket, key }: ObjectLocation,
  bytes: Uint8Array,
  contentType: string | null,
): Promise<void> {
  requireBucket(storage, bucket);
  const blob = await storage.blobs.write(once(bytes));
  // It may have gone while the bytes were written.
  requireBucket(storage, bucket);
  replaceObject(storage, bucket, {
    key,
    blobs: [blob],
    size: blob.size,
    etag: createHash("md5").update(bytes).digest("hex"),
    modifiedAt: storage.clock.now(),
    headers: { "content-type": contentType ?? "binary/octet-stream" },
    checksums: {},
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
