import "server-only";

/** The bucket SageMaker's own tools use, `sagemaker-{region}-{account}`: execution roles may usually read it. */
export function defaultBucket(region: string, account: string): string {
  return `sagemaker-${region}-${account}`;
}
