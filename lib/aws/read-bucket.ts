import "server-only";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { fail, type Result, succeed } from "#lib/failure.ts";
import type { BucketFact } from "#lib/preflight/account-facts.ts";
import { readAwsError } from "./aws-error.ts";
import { awsFailure } from "./aws-failure.ts";
import { s3 } from "./clients.ts";

/** Statuses of HEAD for a bucket of another region: a redirect, or a signature for the wrong one (S3 API, HeadBucket). */
const ELSEWHERE = [301, 400];

/** Whether a bucket is there, and where. Needs `s3:ListBucket` on it; S3 names the region even where it refuses. */
export async function readBucket(bucket: string): Promise<Result<BucketFact>> {
  try {
    const head = await s3().send(new HeadBucketCommand({ Bucket: bucket }));
    return succeed({ exists: true, region: head.BucketRegion ?? null, isDenied: false });
  } catch (error) {
    const { $metadata, $response } = readAwsError(error);
    const status = $metadata?.httpStatusCode ?? 0;
    const region = $response?.headers["x-amz-bucket-region"] ?? null;
    if (status === 404) return succeed({ exists: false });
    if (ELSEWHERE.includes(status) && region) return succeed({ exists: true, region, isDenied: false });
    // A caller whose keys are bad gets the same status for a bucket of its own: then the other lines say so too.
    if (status === 403) return succeed({ exists: true, region, isDenied: true });
    return fail(awsFailure(error));
  }
}
