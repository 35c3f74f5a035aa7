import "server-only";
import { createHash } from "node:crypto";
import {
  BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  HeadObjectCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { readAwsError } from "./aws-error.ts";
import { awsFailure, isNotFound } from "./aws-failure.ts";
import { s3, sagemaker } from "./clients.ts";

/** `wasThere`: the very bytes were uploaded before, so nothing was sent. */
export type UploadedArchive = { url: string; bytes: number; sha256: string; wasThere: boolean };

/**
 * Puts a model archive under a key that carries its digest, so that the same bytes are sent once and another
 * archive never replaces one that an endpoint still reads. S3 verifies the checksum.
 * `createBucket` makes the bucket where it is missing, in the region of the endpoints. `onProgress` hears of
 * bytes sent. Needs `s3:PutObject`, `GetObject`, `ListBucket`, and `CreateBucket` where asked for.
 */
export async function uploadArchive({
  bytes,
  bucket,
  key,
  createBucket,
  onProgress,
  signal,
}: {
  bytes: Uint8Array;
  bucket: string;
  key: string;
  createBucket: boolean;
  onProgress: (progress: { sent: number; total: number }) => void;
  signal?: AbortSignal;
}): Promise<Result<UploadedArchive>> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const uploaded = { url: `s3://${bucket}/${key}`, bytes: bytes.length, sha256 };
  try {
    if (createBucket) await ensureBucket(bucket);
    if (await isThere(bucket, key, bytes.length)) {
      onProgress({ sent: bytes.length, total: bytes.length });
      return succeed({ ...uploaded, wasThere: true });
    }
    const upload = new Upload({
      client: s3(),
      params: {
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: "application/gzip",
        ChecksumAlgorithm: "SHA256",
        Metadata: { sha256 },
      },
    });
    upload.on("httpUploadProgress", ({ loaded }) => {
      onProgress({ sent: Math.min(loaded ?? 0, bytes.length), total: bytes.length });
    });
    signal?.addEventListener("abort", () => void upload.abort(), { once: true });
    await upload.done();
    return succeed({ ...uploaded, wasThere: false });
  } catch (error) {
    return fail(bucketFailure(error, bucket) ?? awsFailure(error));
  }
}

async function ensureBucket(bucket: string): Promise<void> {
  try {
    await s3().send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!isMissing(error)) throw error;
    const region = await sagemaker().config.region();
    // us-east-1 is what S3 takes for no constraint; its name is not among them (API reference, CreateBucket).
    const constraint = Object.values(BucketLocationConstraint).find((name) => name === region);
    await s3().send(
      new CreateBucketCommand({
        Bucket: bucket,
        ...(constraint ? { CreateBucketConfiguration: { LocationConstraint: constraint } } : {}),
      }),
    );
  }
}

async function isThere(bucket: string, key: string, size: number): Promise<boolean> {
  try {
    const head = await s3().send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return head.ContentLength === size;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** HEAD has no body: the SDK makes `NotFound` of its status. */
function isMissing(error: unknown): boolean {
  return ["NotFound", "NoSuchKey", "NoSuchBucket"].includes(readAwsError(error).name) || isNotFound(error);
}

/** What only S3 says. A bucket's name is taken once for all accounts. */
function bucketFailure(error: unknown, bucket: string): Failure | null {
  const { name, $metadata } = readAwsError(error);
  if (name === "NoSuchBucket") {
    return {
      code: "not-found",
      message: `There is no bucket named ${bucket}.`,
      hint: "Take a bucket in the endpoint's region, or have one made.",
      field: "bucket",
    };
  }
  if (name === "BucketAlreadyExists" || $metadata?.httpStatusCode === 403) {
    return {
      code: "not-allowed",
      message: `This identity may not use the bucket ${bucket}.`,
      hint: "It may belong to another account: take another name, or allow s3:PutObject, s3:GetObject and s3:ListBucket on it.",
      field: "bucket",
    };
  }
  if (name === "PermanentRedirect" || $metadata?.httpStatusCode === 301) {
    return {
      code: "invalid",
      message: `The bucket ${bucket} is in another region.`,
      hint: "SageMaker reads model data from the endpoint's own region: take a bucket there.",
      field: "bucket",
    };
  }
  return null;
}
