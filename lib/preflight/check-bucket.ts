import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "./account-facts.ts";
import { line, type PreflightFix, type PreflightLine, unknownLine } from "./preflight-line.ts";

/** Whether the bucket of the archive is there, in the endpoint's region, and open to this identity. */
export function checkBucket(
  { bucket, region }: Plan,
  { bucket: found, standardBucket, trouble }: AccountFacts,
): PreflightLine {
  const title = "Bucket";
  const block = (message: string) => line("bucket", title, "block", message, fixesOf(bucket, standardBucket));
  if (bucket === "") return block("Choose a bucket for the archive.");
  if (!found) return unknownLine("bucket", title, `Where ${bucket} is, is not known.`, trouble.bucket);
  if (!found.exists) {
    return bucket === standardBucket
      ? line("bucket", title, "pass", `There is no ${bucket} yet: the deployment makes it in ${region}.`)
      : block(`There is no bucket named ${bucket}.`);
  }
  if (found.region !== null && found.region !== region) {
    return block(
      `${bucket} is in ${found.region}, the endpoint in ${region}: SageMaker reads archives from its own region alone.`,
    );
  }
  if (found.isDenied) {
    const next = "Allow s3:ListBucket on it, or take a bucket of this account if it is another's.";
    return line("bucket", title, "unknown", `This identity may not look into ${bucket}. ${next}`);
  }
  return found.region === null
    ? line("bucket", title, "unknown", `S3 does not say in which region ${bucket} is. Ask again.`)
    : line("bucket", title, "pass", `${bucket} is in ${region}.`);
}

function fixesOf(bucket: string, standardBucket: string | null): PreflightFix[] {
  return [
    ...(standardBucket !== null && bucket !== standardBucket
      ? [{ kind: "patch" as const, label: `Take ${standardBucket}`, patch: { bucket: standardBucket } }]
      : []),
    { kind: "patch", label: "Deploy without an archive", patch: { carrier: "environment" } },
  ];
}
