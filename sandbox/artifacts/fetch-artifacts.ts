import { type ObjectLocation, parseLocation } from "../storage/object-location.ts";
import type { ObjectRecord } from "../storage/records.ts";
import { EVERYWHERE, type Storage } from "../storage/storage.ts";
import type { ArtifactSource, Artifacts } from "./artifacts.ts";
import { type ArchiveRoot, readArchive } from "./read-archive.ts";
import { readProperties } from "./read-properties.ts";

// A configuration is a page of text.
const MOST_PROPERTIES = 2 ** 20;

/** What containers of this region find at their sources, by the address; one that several name is read once. */
export async function fetchArtifacts(
  storage: Storage,
  region: string,
  sources: readonly ArtifactSource[],
): Promise<ReadonlyMap<string, Artifacts>> {
  const distinct = new Map(sources.map((source) => [source.url, source]));
  const found = await Promise.all([...distinct.values()].map((source) => fetchOne(storage, region, source)));
  return new Map(found.map((data) => [data.url, data]));
}

async function fetchOne(storage: Storage, region: string, { url, kind }: ArtifactSource): Promise<Artifacts> {
  const location = locate(url);
  const bucket = location && storage.store.get("buckets", EVERYWHERE, location.bucket);
  if (location === undefined || bucket === undefined)
    return missing(url, "The specified bucket does not exist");
  if (bucket.region !== region) return missing(url, `The bucket is in ${bucket.region}, not in ${region}`);
  return kind === "archive" ? fromArchive(storage, url, location) : fromPrefix(storage, url, location);
}

async function fromArchive(storage: Storage, url: string, location: ObjectLocation): Promise<Artifacts> {
  const object = storage.store.get("objects", location.bucket, location.key);
  if (object === undefined) return missing(url, "The specified key does not exist");
  const read = await readArchive(bytesOf(storage, object));
  return read.ok ? { url, ...configured(read.root) } : { url, trouble: read.trouble, why: read.why };
}

async function fromPrefix(
  storage: Storage,
  url: string,
  { bucket, key }: ObjectLocation,
): Promise<Artifacts> {
  const objects = storage.store.all("objects", bucket).filter((object) => object.key.startsWith(key));
  if (objects.length === 0) return missing(url, "No object has this prefix");
  const file = objects.find((object) => object.key === `${key}serving.properties`);
  if (file !== undefined && file.size > MOST_PROPERTIES) {
    return { url, trouble: "broken", why: "serving.properties is longer than 1 MiB" };
  }
  const chunks: Uint8Array[] = [];
  if (file !== undefined) for await (const chunk of bytesOf(storage, file)) chunks.push(chunk);
  return {
    url,
    ...configured({
      properties: file === undefined ? undefined : Buffer.concat(chunks).toString(),
      hasHandler: objects.some((object) => object.key === `${key}model.py`),
    }),
  };
}

function bytesOf({ blobs }: Storage, object: ObjectRecord): AsyncIterable<Uint8Array> {
  return blobs.read(object.blobs, 0, object.size);
}

function configured({ properties, hasHandler }: ArchiveRoot) {
  return { properties: readProperties(properties ?? ""), hasHandler };
}

/** `s3://…`, or an address of S3 over HTTPS in either of its styles. */
function locate(url: string): ObjectLocation | undefined {
  const [, bucket, key = ""] = /^https:\/\/([^/]+)\.s3[.-][^/]*\/(.*)$/s.exec(url) ?? [];
  return bucket === undefined ? parseLocation(url) : { bucket, key };
}

function missing(url: string, why: string): Artifacts {
  return { url, trouble: "missing", why };
}
