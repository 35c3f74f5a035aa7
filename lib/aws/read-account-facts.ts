import "server-only";
import { DescribeEndpointCommand, DescribeInferenceComponentCommand } from "@aws-sdk/client-sagemaker";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { imageUri } from "#lib/lmi/image-uri.ts";
import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts, ImageFact, Question } from "#lib/preflight/account-facts.ts";
import { otherTags } from "#lib/preflight/check-image.ts";
import { awsFailure, isNotFound } from "./aws-failure.ts";
import { checkRole } from "./check-role.ts";
import { sagemaker } from "./clients.ts";
import { defaultBucket } from "./default-bucket.ts";
import { getConnection } from "./get-connection.ts";
import { readBucket } from "./read-bucket.ts";
import { readHost } from "./read-host.ts";
import { readImage } from "./read-image.ts";
import { readInstanceQuota } from "./read-instance-quota.ts";
import { readWeights } from "./read-weights.ts";

/**
 * Everything the pre-flight of a plan asks the account, all at once and reading only. What may not be read or does
 * not answer is null, never a guess, and `trouble` says why.
 */
export async function readAccountFacts(plan: Plan): Promise<AccountFacts> {
  const { target, region } = plan;
  const isArchive = plan.carrier === "archive" && plan.bucket !== "";
  const isComponent = target.kind === "component";
  const [connection, endpoint, component, quota, role, image, bucket, weights, host] = await Promise.all([
    getConnection(),
    exists(plan.endpointName, () =>
      sagemaker().send(new DescribeEndpointCommand({ EndpointName: plan.endpointName })),
    ),
    exists(isComponent ? target.componentName : "", (name) =>
      sagemaker().send(new DescribeInferenceComponentCommand({ InferenceComponentName: name })),
    ),
    plan.instanceType === "" ? null : readInstanceQuota(plan.instanceType),
    plan.executionRoleArn === "" ? null : checkRole(plan.executionRoleArn, neededActions(plan)),
    readPlannedImage(plan),
    isArchive ? readBucket(plan.bucket) : null,
    readWeights(plan.modelId),
    isComponent ? readHost(plan.endpointName, target.variantName) : null,
  ]);
  const known = role?.ok ? role.value : null;
  const whyNotRole = role && (role.ok ? role.value.failure : role.failure);
  return {
    region: connection.region,
    endpointExists: answerOf(endpoint),
    componentExists: answerOf(component),
    quota: answerOf(quota),
    role: known && { exists: known.exists, trusts: known.trustsSageMaker },
    permissions: known?.actions ?? null,
    image: answerOf(image),
    bucket: answerOf(bucket),
    weights: answerOf(weights),
    standardBucket: connection.account ? defaultBucket(region, connection.account) : null,
    host,
    trouble: {
      ...troubleOf("name", isComponent ? component : endpoint),
      ...troubleOf("quota", quota),
      ...(whyNotRole ? { role: whyNotRole, permissions: whyNotRole } : {}),
      ...troubleOf("image", image),
      ...troubleOf("bucket", bucket),
      ...troubleOf("weights", weights),
    },
  };
}

function answerOf<Value>(result: Result<Value> | null): Value | null {
  return result?.ok ? result.value : null;
}

function troubleOf(question: Question, result: Result<unknown> | null): AccountFacts["trouble"] {
  return result && !result.ok ? { [question]: result.failure } : {};
}

/** Null where no table has an image for the plan: the pre-flight says so without asking. */
async function readPlannedImage(plan: Plan): Promise<Result<ImageFact> | null> {
  const { framework, lmiVersion: version, region, imageTag } = plan;
  const image = imageUri({ framework, version, region, ...(imageTag ? { tag: imageTag } : {}) });
  return image.ok ? readImage(image.value, otherTags(plan)) : null;
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

/** Null where there is no name to look for; a name that AWS would refuse to look up is not there either. */
async function exists(
  name: string,
  look: (name: string) => Promise<unknown>,
): Promise<Result<boolean> | null> {
  if (name === "") return null;
  try {
    await look(name);
    return succeed(true);
  } catch (error) {
    return isNotFound(error) ? succeed(false) : fail(awsFailure(error));
  }
}
