import "server-only";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { DescribeEndpointCommand, DescribeInferenceComponentCommand } from "@aws-sdk/client-sagemaker";
import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "#lib/preflight/check-account.ts";
import { isNotFound } from "./aws-failure.ts";
import { checkRole } from "./check-role.ts";
import { s3, sagemaker } from "./clients.ts";
import { readHost } from "./read-host.ts";
import { readInstanceQuota } from "./read-instance-quota.ts";

/**
 * Everything the pre-flight of a plan asks the account, all at once and reading only. What may not be read or does
 * not answer is null, never a guess: the pre-flight then says that it does not know.
 */
export async function readAccountFacts(plan: Plan): Promise<AccountFacts> {
  const { target } = plan;
  const [endpointExists, componentExists, quota, role, bucketRegion, host] = await Promise.all([
    exists(plan.endpointName, () =>
      sagemaker().send(new DescribeEndpointCommand({ EndpointName: plan.endpointName })),
    ),
    target.kind === "component"
      ? exists(target.componentName, () =>
          sagemaker().send(
            new DescribeInferenceComponentCommand({ InferenceComponentName: target.componentName }),
          ),
        )
      : null,
    plan.instanceType === "" ? null : readInstanceQuota(plan.instanceType),
    plan.executionRoleArn === "" ? null : checkRole(plan.executionRoleArn, neededActions(plan)),
    plan.carrier === "archive" && plan.bucket !== "" ? regionOfBucket(plan.bucket) : null,
    target.kind === "component" ? readHost(plan.endpointName, target.variantName) : null,
  ]);
  const known = role?.ok ? role.value : null;
  return {
    endpointExists,
    componentExists,
    quota:
      quota?.ok && quota.value && quota.value.used !== null
        ? { limit: quota.value.limit, used: quota.value.used }
        : null,
    role: known && { exists: known.exists, trusts: known.trustsSageMaker },
    permissions: known?.actions ?? null,
    // AWS's registry of containers answers only to identities with a permission on it: the tables decide instead.
    imageExists: null,
    bucketRegion,
    host,
  };
}

/** What the execution role needs: the image, the log, and the model's data (developer guide, SageMaker roles). */
function neededActions(plan: Plan): { action: string; resource: string }[] {
  const partition = plan.executionRoleArn.split(":")[1] ?? "aws";
  const buckets = [
    plan.carrier === "archive" ? plan.bucket : "",
    plan.modelId.match(/^s3:\/\/([^/]+)/)?.[1] ?? "",
  ].filter((bucket) => bucket !== "");
  return [
    { action: "ecr:GetAuthorizationToken", resource: "*" },
    { action: "ecr:BatchGetImage", resource: "*" },
    { action: "ecr:GetDownloadUrlForLayer", resource: "*" },
    { action: "logs:CreateLogStream", resource: "*" },
    { action: "logs:PutLogEvents", resource: "*" },
    { action: "cloudwatch:PutMetricData", resource: "*" },
    ...buckets.flatMap((bucket) => [
      { action: "s3:GetObject", resource: `arn:${partition}:s3:::${bucket}/*` },
      { action: "s3:ListBucket", resource: `arn:${partition}:s3:::${bucket}` },
    ]),
  ];
}

/** Null where nobody may look; a name that AWS would refuse to look up is not there either. */
async function exists(name: string, look: () => Promise<unknown>): Promise<boolean | null> {
  if (name === "") return null;
  try {
    await look();
    return true;
  } catch (error) {
    return isNotFound(error) ? false : null;
  }
}

async function regionOfBucket(bucket: string): Promise<string | null> {
  try {
    const head = await s3().send(new HeadBucketCommand({ Bucket: bucket }));
    return head.BucketRegion ?? null;
  } catch {
    return null; // Missing, foreign or unreachable: the upload says which.
  }
}
