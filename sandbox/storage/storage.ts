import type { Clock } from "../clock.ts";
import type { Store } from "../state/store.ts";
import type { Blobs } from "./blobs.ts";
import type { Blob, BucketRecord, ObjectRecord } from "./records.ts";
import { noSuchBucket, noSuchKey } from "./storage-error.ts";

/** Where objects live: what is said about them in the journal, their bytes in files. */
export type Storage = { readonly store: Store; readonly blobs: Blobs; readonly clock: Clock };

/** Buckets have one namespace for all regions; the store keeps them in a part of their own. */
export const EVERYWHERE = "everywhere";

/** The bucket with this name; throws `NoSuchBucket`. */
export function requireBucket({ store }: Storage, name: string): BucketRecord {
  const bucket = store.get("buckets", EVERYWHERE, name);
  if (bucket === undefined) throw noSuchBucket(name);
  return bucket;
}

/** The object under a key; throws `NoSuchKey`. */
export function requireObject({ store }: Storage, bucket: string, key: string): ObjectRecord {
  const object = store.get("objects", bucket, key);
  if (object === undefined) throw noSuchKey(key);
  return object;
}

/** Puts an object in place of whatever the key held; the bytes of the old one go once the new one is on the disk. */
export function replaceObject({ store, blobs }: Storage, bucket: string, object: ObjectRecord): void {
  const before = store.get("objects", bucket, object.key);
  store.commit([{ table: "objects", region: bucket, key: object.key, value: object }]);
  if (before !== undefined) removeBlobs({ store, blobs }, before.blobs);
}

/** Deletes an object; a key that holds nothing is no error, as in S3. */
export function removeObject({ store, blobs }: Storage, bucket: string, key: string): void {
  const object = store.get("objects", bucket, key);
  if (object === undefined) return;
  store.commit([{ table: "objects", region: bucket, key, value: null }]);
  removeBlobs({ store, blobs }, object.blobs);
}

/** Deletes what no record names any more, once a power cut cannot bring the record back. */
export function removeBlobs({ store, blobs }: Pick<Storage, "store" | "blobs">, gone: readonly Blob[]): void {
  void store.flushed().then(
    () => blobs.remove(gone),
    // A disk that fails keeps them until the next start.
    () => undefined,
  );
}

/** The ids of all files that a record names. */
export function namedBlobs(store: Store): Set<string> {
  const ids = store
    .all("buckets", EVERYWHERE)
    .flatMap(({ name }) => [
      ...store.all("objects", name).flatMap((object) => object.blobs),
      ...store.all("uploads", name).flatMap((upload) => Object.values(upload.parts).map((part) => part.blob)),
    ]);
  return new Set(ids.map(({ id }) => id));
}
