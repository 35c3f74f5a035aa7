import type { Failure } from "#lib/failure.ts";

type Reason = { pattern: RegExp; message: string; hint: string };

const LOG = "CloudWatch, /aws/sagemaker/Endpoints";

/**
 * What SageMaker writes into `FailureReason`, first match wins. Not documented as a list: these are the wordings
 * users quote in public threads, each with the place where the cause was found.
 */
const REASONS: readonly Reason[] = [
  {
    pattern: /did not pass the ping health check/i,
    message: "The container started but never reported that the model was ready.",
    hint: `Read the end of its log in ${LOG}: not enough accelerator memory, weights it may not download, a missing HF_TOKEN or a tensor parallel degree that does not fit. A big model may only need a longer start-up timeout.`,
  },
  {
    pattern: /CannotStartContainerError/i,
    message: "The container could not be started at all.",
    hint: "The image has no serve command, or needs a newer GPU driver than the instance's image has. Check the image and its version.",
  },
  {
    pattern: /InsufficientInstanceCapacity|Unable to provision requested ML compute capacity/i,
    message: "AWS has no free instance of this type in the region at the moment.",
    hint: "Choose another instance type or region, or try again later.",
  },
  {
    pattern: /Failed to extract model data archive/i,
    message: "The model data archive could not be unpacked.",
    hint: "It must be a gzip-compressed tar of plain files, without links, whatever its name ends with.",
  },
  {
    pattern: /model data archive is too large/i,
    message: "The model data archive is too large for the instance's volume.",
    hint: "Use an uncompressed S3 prefix for the weights, or an instance type with a bigger volume.",
  },
  {
    pattern: /ensure.*image.*exist|execution role .* has permissions|ecr:/i,
    message: "SageMaker could not pull the container image.",
    hint: "Check the image's account, region and tag, and that the execution role may read from that registry.",
  },
  {
    pattern: /model process exited|Received server error \(0\) from model/i,
    message: "The model process ended while the container was starting.",
    hint: `The end of its log in ${LOG} says why.`,
  },
  {
    pattern: /alarm.* in ALARM|in ALARM state/i,
    message: "An alarm went off during the update, so SageMaker went back to the previous configuration.",
    hint: "Look at the alarm in CloudWatch: it was named in the deployment's rollback settings.",
  },
  {
    pattern: /could not (assume|access)|AccessDenied|not authorized/i,
    message: "The execution role may not do something that the start needs.",
    hint: "Its trust policy must name sagemaker.amazonaws.com; SageMaker's own words below say what else is missing.",
  },
];

/** A FailureReason in words, with SageMaker's own as the quotation. */
export function explainFailureReason(reason: string): Failure {
  const known = REASONS.find(({ pattern }) => pattern.test(reason));
  return {
    code: "model-error",
    message: known?.message ?? "SageMaker says why this endpoint failed.",
    hint: known?.hint ?? `The end of its log in ${LOG} may say more.`,
    detail: reason,
  };
}
