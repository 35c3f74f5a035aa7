/** The only account the sandbox has. */
export const ACCOUNT = "000000000000";

export type ResourceKind =
  | "model"
  | "endpoint-config"
  | "endpoint"
  | "inference-component"
  | "ai-workload-config"
  | "ai-benchmark-job"
  | "ai-recommendation-job";

/** The ARN partition of a region name. */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** The ARN of a SageMaker resource of the sandbox's account. */
export function arnOf(kind: ResourceKind, region: string, name: string): string {
  return `arn:${partitionOf(region)}:sagemaker:${region}:${ACCOUNT}:${kind}/${name}`;
}
