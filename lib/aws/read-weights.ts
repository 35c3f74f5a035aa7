import "server-only";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { WeightsFact } from "#lib/preflight/account-facts.ts";
import { readAwsError } from "./aws-error.ts";
import { awsFailure } from "./aws-failure.ts";
import { s3 } from "./clients.ts";

const ADDRESS = /^s3:\/\/([^/]+)(?:\/(.*?))?\/*$/;

/**
 * Whether anything lies under an `s3://bucket/prefix` that a container is to load from: it takes the prefix for a
 * folder, so that `models/a` is not `models/ab`. Null for an id that is no such address. Needs `s3:ListBucket`.
 */
export async function readWeights(modelId: string): Promise<Result<WeightsFact> | null> {
  const [, bucket, folder = ""] = ADDRESS.exec(modelId) ?? [];
  if (bucket === undefined) return null;
  try {
    const prefix = folder === "" ? {} : { Prefix: `${folder}/` };
    const { KeyCount = 0 } = await s3().send(
      new ListObjectsV2Command({ Bucket: bucket, ...prefix, MaxKeys: 1 }),
    );
    return succeed({ found: KeyCount > 0, isDenied: false });
  } catch (error) {
    const { name, $metadata } = readAwsError(error);
    if (name === "NoSuchBucket") return succeed({ found: false, isDenied: false });
    // The role may be allowed to read what this identity may not.
    if ($metadata?.httpStatusCode === 403) return succeed({ found: false, isDenied: true });
    return fail(awsFailure(error));
  }
}
