import "server-only";
import type { Failure } from "#lib/failure.ts";
import { readAwsError } from "./aws-error.ts";
import { awsFailure } from "./aws-failure.ts";

const AGAIN = "What came until then is kept. Send the prompt again to continue or repeat it.";

/**
 * What broke a stream after its first byte. Exception frames carry the names of the runtime API
 * (ModelStreamError, InternalStreamFailure); cut connections, cut frames and damaged frames are plain errors
 * of the socket or of the SDK's codec.
 */
export function describeStreamFailure(error: unknown): Failure {
  const known = readAwsError(error);
  switch (known.name) {
    case "ModelStreamError":
      return known.ErrorCode === "ModelInvocationTimeExceeded" || /allotted time/i.test(known.message)
        ? {
            code: "interrupted",
            message: "The container did not finish within the eight minutes SageMaker allows a stream.",
            hint: "Ask for fewer tokens at a time; auto-continue joins the pieces.",
            ...quote(known.message),
          }
        : {
            code: "model-error",
            message: "The container broke the stream off.",
            hint: `Its log in CloudWatch, /aws/sagemaker/Endpoints, says why. ${AGAIN}`,
            ...quote(known.message),
          };
    case "InternalStreamFailure":
      return {
        code: "interrupted",
        message: "SageMaker broke the stream off because of a problem of its own.",
        hint: AGAIN,
        ...quote(known.message),
      };
    case "AbortError":
      return { code: "interrupted", message: "The run was stopped." };
  }
  if (/checksum|CRC/i.test(known.message)) {
    return {
      code: "interrupted",
      message: "The stream arrived damaged: a frame's checksum is wrong.",
      hint: "Something between here and AWS changes the bytes, such as a proxy. Try again without it.",
    };
  }
  if (known.code === "ECONNRESET" || /^aborted$|Truncated event|premature|terminated/i.test(known.message)) {
    return {
      code: "interrupted",
      message: "The connection was cut in the middle of the answer.",
      hint: AGAIN,
    };
  }
  return awsFailure(error);
}

function quote(message: string): { detail?: string } {
  return message ? { detail: message } : {};
}
