import { AwsError } from "../aws-error.ts";
import { ACCOUNT } from "../control/arns.ts";
import { type JsonObject, stringAt } from "../json.ts";
import { QUOTAS, type Quota } from "./catalogue.ts";

export const SERVICE_CODE = "sagemaker";
export const SERVICE_NAME = "Amazon SageMaker";

/** Throws `NoSuchResourceException` for any service but SageMaker. */
export function requireService(input: JsonObject): void {
  if (stringAt(input, "ServiceCode") !== SERVICE_CODE) {
    throw noSuchResource("The request failed because the specified service does not exist.");
  }
}

/** The quota an input names; throws `NoSuchResourceException` where there is none. */
export function requireQuota(input: JsonObject): Quota {
  requireService(input);
  const code = stringAt(input, "QuotaCode");
  const quota = QUOTAS.find((candidate) => candidate.code === code);
  if (quota === undefined) {
    throw noSuchResource("The request failed because the specified quota does not exist.");
  }
  return quota;
}

/** The refusal of something that is not there. */
export function noSuchResource(message: string): AwsError {
  return new AwsError("NoSuchResourceException", message);
}

/** The ARN of a quota. */
export function quotaArn(partition: string, region: string, code: string): string {
  return `arn:${partition}:servicequotas:${region}:${ACCOUNT}:${SERVICE_CODE}/${code}`;
}
