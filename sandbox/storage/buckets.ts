import { children, element, parseXml, textOf } from "../xml.ts";
import { document, isoTime, readText, type StorageAnswer, type StorageCall } from "./call.ts";
import { EVERYWHERE, removeBlobs, requireBucket } from "./storage.ts";
import { malformedXml, storageError } from "./storage-error.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const NAME =
  /^(?!xn--|sthree-|amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Creates a bucket in the caller's region, or in the one the document names, which must be the same. */
export async function createBucket(call: StorageCall): Promise<StorageAnswer> {
  const { bucket, caller, storage } = call;
  if (!NAME.test(bucket)) {
    throw storageError("InvalidBucketName", 400, "The specified bucket is not valid.", {
      BucketName: bucket,
    });
  }
  const text = await readText(call.body);
  const asked = text === "" ? undefined : parseXml(text);
  if (text !== "" && asked?.name !== "CreateBucketConfiguration") throw malformedXml();
  const constraint = asked === undefined ? undefined : textOf(asked, "LocationConstraint");
  const wanted = constraint === undefined || constraint === "" ? "us-east-1" : constraint;
  if (wanted !== caller.region) {
    throw storageError(
      "IllegalLocationConstraintException",
      400,
      `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  const taken = storage.store.get("buckets", EVERYWHERE, bucket);
  // us-east-1 alone takes a second creation by the owner for none.
  if (taken !== undefined && !(taken.region === "us-east-1" && caller.region === "us-east-1")) {
    throw storageError(
      "BucketAlreadyOwnedByYou",
      409,
      "Your previous request to create the named bucket succeeded and you already own it.",
      { BucketName: bucket },
    );
  }
  if (taken === undefined) {
    const value = { name: bucket, region: caller.region, createdAt: storage.clock.now() };
    storage.store.commit([{ table: "buckets", region: EVERYWHERE, key: bucket, value }]);
  }
  return { status: 200, headers: { location: `/${bucket}` } };
}

/** Whether the bucket is there, and in which region. */
export function headBucket({ storage, bucket }: StorageCall): StorageAnswer {
  return { status: 200, headers: { "x-amz-bucket-region": requireBucket(storage, bucket).region } };
}

/** Deletes an empty bucket, with the uploads in it that nobody finished. */
export function deleteBucket({ storage, bucket }: StorageCall): StorageAnswer {
  const { store } = storage;
  requireBucket(storage, bucket);
  if (store.all("objects", bucket).length > 0) {
    throw storageError("BucketNotEmpty", 409, "The bucket you tried to delete is not empty", {
      BucketName: bucket,
    });
  }
  const uploads = store.all("uploads", bucket);
  store.commit([
    ...uploads.map(({ id }) => ({ table: "uploads" as const, region: bucket, key: id, value: null })),
    { table: "buckets", region: EVERYWHERE, key: bucket, value: null },
  ]);
  for (const upload of uploads)
    removeBlobs(
      storage,
      Object.values(upload.parts).map((part) => part.blob),
    );
  return { status: 204 };
}

/** All buckets of the account, in order of their names. */
export function listBuckets({ storage, query }: StorageCall): StorageAnswer {
  const prefix = query.get("prefix") ?? "";
  const buckets = storage.store
    .all("buckets", EVERYWHERE)
    .filter(({ name }) => name.startsWith(prefix))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, createdAt, region }) => ({
      Name: name,
      CreationDate: isoTime(createdAt),
      BucketRegion: region,
    }));
  const owner = children({ ID: "0".repeat(64), DisplayName: "sandbox" });
  return document(
    "ListAllMyBucketsResult",
    `<Owner>${owner}</Owner><Buckets>${element("Bucket", buckets)}</Buckets>`,
  );
}

/** The region of a bucket; empty for us-east-1, which is older than the question. */
export function getBucketLocation({ storage, bucket }: StorageCall): StorageAnswer {
  const { region } = requireBucket(storage, bucket);
  return document("LocationConstraint", region === "us-east-1" ? "" : region);
}
