import "server-only";
import { env } from "#lib/env.ts";
import type { Failure } from "#lib/failure.ts";
import { type AwsError, readAwsError } from "./aws-error.ts";
import { modelFailure } from "./model-failure.ts";
import { networkFailure, timeoutFailure } from "./network-failure.ts";
import { validationFailure } from "./validation-failure.ts";

/**
 * The one place that knows AWS's exception names: every error a verb can meet becomes what happened and what
 * to do next. Branches on `name`, never on the class: most control-plane errors are not modelled and arrive as
 * the service's base exception. An error nobody foresaw keeps its words to itself, they might hold a secret.
 */
export function awsFailure(error: unknown): Failure {
  const known = readAwsError(error);
  return (
    BY_NAME[known.name]?.(known) ?? networkFailure(known) ?? failureByMessage(known) ?? statusFailure(known)
  );
}

/** Whether the error only says that what we named does not exist: for reads that may come too early or late. */
export function isNotFound(error: unknown): boolean {
  return awsFailure(error).code === "not-found";
}

/** A create that the SDK repeated after a lost answer finds its own first attempt. */
export function isOwnRepeat(error: unknown): boolean {
  return awsFailure(error).code === "conflict" && (readAwsError(error).$metadata?.attempts ?? 1) > 1;
}

/** Whether AWS answered and said no, as against no answer at all: only then is it known that nothing happened. */
export function wasRefused(error: unknown): boolean {
  const status = readAwsError(error).$metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}

type Translate = (error: AwsError) => Failure;

const BY_NAME: Record<string, Translate> = {
  ValidationException: (error) => validationFailure(error.message),
  ValidationError: (error) => validationFailure(error.message),
  ResourceLimitExceeded: limitFailure,
  AccessDeniedException: accessFailure,
  AccessDenied: accessFailure,
  ThrottlingException: throttleFailure,
  Throttling: throttleFailure,
  ThrottledException: throttleFailure,
  TooManyRequestsException: throttleFailure,
  RequestLimitExceeded: throttleFailure,
  ExpiredToken: expiredFailure,
  ExpiredTokenException: expiredFailure,
  TokenRefreshRequired: expiredFailure,
  CredentialsProviderError: providerFailure,
  TokenProviderError: providerFailure,
  ProviderError: providerFailure,
  InvalidClientTokenId: unknownKeyFailure,
  UnrecognizedClientException: unknownKeyFailure,
  InvalidAccessKeyId: unknownKeyFailure,
  MissingAuthenticationToken: unknownKeyFailure,
  MissingAuthenticationTokenException: unknownKeyFailure,
  SignatureDoesNotMatch: signatureFailure,
  InvalidSignatureException: signatureFailure,
  IncompleteSignature: signatureFailure,
  RequestTimeTooSkewed: clockFailure,
  RequestExpired: clockFailure,
  OptInRequired: () => ({
    code: "not-allowed",
    message: "This account is not signed up for SageMaker in this region.",
    hint: "Enable the region for the account, or choose another one with AWS_REGION.",
  }),
  ModelError: modelFailure,
  ModelNotReadyException: () => ({
    code: "not-ready",
    message: "The model is still being loaded.",
    hint: "Try again in a minute.",
  }),
  ResourceInUse: conflictFailure,
  ConflictException: conflictFailure,
  ResourceNotFound: missingFailure,
  ResourceNotFoundException: missingFailure,
  NoSuchResourceException: missingFailure,
  NoSuchEntity: missingFailure,
  NoSuchEntityException: missingFailure,
  ServiceUnavailable: brokenServiceFailure,
  ServiceUnavailableException: brokenServiceFailure,
  InternalFailure: brokenServiceFailure,
  InternalServerException: brokenServiceFailure,
  InternalServerError: brokenServiceFailure,
  InternalDependencyException: brokenServiceFailure,
  UnknownOperationException: foreignFailure,
  // A body that is not JSON: an HTML page of a proxy or of another program (moto's 500, say).
  SyntaxError: foreignFailure,
  TimeoutError: timeoutFailure,
  AbortError: () => ({ code: "interrupted", message: "The request was cancelled." }),
};

/**
 * `The account-level service limit 'ml.g5.xlarge for endpoint usage' is 0 Instances, with current utilization
 * of 0 Instances and a request delta of 1 Instances. …`
 */
function limitFailure(error: AwsError): Failure {
  const match = error.message.match(
    /limit ['"](.+?)['"] is ([\d.]+)\D+?with current utilization of ([\d.]+)\D+?request delta of ([\d.]+)/i,
  );
  if (!match) {
    return {
      code: "not-allowed",
      message: "A service limit of the account is used up.",
      hint: "Ask for more in the Service Quotas console, under Amazon SageMaker, or delete what is not needed.",
      detail: error.message,
    };
  }
  const [, quota = "", limit = "", used = "", wanted = ""] = match;
  return {
    code: "not-allowed",
    message: `The account may run ${limit} of "${quota}", ${used} of them in use, and this asks for ${wanted} more.`,
    hint: `Ask for a higher "${quota}" in the Service Quotas console, under Amazon SageMaker, or choose another instance type.`,
    field: "instanceType",
  };
}

/** `User: arn… is not authorized to perform: sagemaker:X on resource: arn… because no identity-based policy …` */
function accessFailure(error: AwsError): Failure {
  const action = error.message.match(/not authorized to perform:?\s*([\w-]+:\w+)/i)?.[1];
  const resource = error.message.match(/on (?:the )?resource:?\s*"?([^\s"]+)/i)?.[1]?.replace(/[.,;]$/, "");
  if (!action) {
    return {
      code: "not-allowed",
      message: "This identity may not do that.",
      hint: "Ask for the permission; lib/aws/README.md lists what each task needs.",
      ...(error.message ? { detail: error.message } : {}),
    };
  }
  const statement = { Effect: "Allow", Action: action, Resource: resource ?? "*" };
  return {
    code: "not-allowed",
    message: `This identity may not do ${action}${resource ? ` on ${resource}` : ""}.`,
    hint:
      action === "iam:PassRole"
        ? "Allow passing this one role to sagemaker.amazonaws.com, with the policy statement below."
        : "Add the policy statement below to the identity's policy.",
    detail: JSON.stringify(statement, null, 2),
    ...(action === "iam:PassRole" ? { field: "executionRoleArn" } : {}),
  };
}

function missingFailure(): Failure {
  return {
    code: "not-found",
    message: "What was asked for does not exist in this account and region.",
    hint: "It was deleted, or it belongs to another account or region: compare with the top bar.",
  };
}

function throttleFailure(): Failure {
  return {
    code: "throttled",
    message: "AWS answers that there are too many requests at the moment.",
    hint: "Wait a few seconds and try again.",
  };
}

function expiredFailure(): Failure {
  return {
    code: "not-allowed",
    message: "The AWS credentials have expired.",
    hint: `${signIn()} No restart is needed where they come from a profile.`,
  };
}

/** The SDK found no credentials at all, or a source of them failed (SSO wording: source of its provider). */
function providerFailure(error: AwsError): Failure {
  if (/expired|otherwise invalid/i.test(error.message)) return expiredFailure();
  // With a profile the SDK looks nowhere else but on EC2 and ECS, whatever its words for having found nothing.
  if (env.profile) {
    return {
      code: "not-allowed",
      message: `The AWS profile ${env.profile} gives no credentials.`,
      hint: "Compare its name with those in ~/.aws/config and ~/.aws/credentials, or sign in to it again.",
    };
  }
  return {
    code: "not-allowed",
    message: "No AWS credentials were found.",
    hint: "Restart Sagescope with a profile that works with the AWS command line: npm start -- --aws --profile NAME.",
  };
}

function unknownKeyFailure(): Failure {
  return {
    code: "not-allowed",
    message: "AWS does not know these credentials.",
    hint: `They were deleted, belong to another partition, or lack their session token. ${signIn()}`,
  };
}

function signatureFailure(error: AwsError): Failure {
  if (/Signature expired|not yet current|is now (earlier|later) than/i.test(error.message))
    return clockFailure();
  const region = error.message.match(/scoped to (?:a valid|correct) region(?:, not|:)? ?'?([\w-]*)/i);
  if (region) return wrongRegionFailure();
  return {
    code: "not-allowed",
    message: "AWS does not accept the signature of the request.",
    hint: "The secret key does not belong to the access key, or a proxy changes requests. Renew the credentials.",
  };
}

function clockFailure(): Failure {
  return {
    code: "not-allowed",
    message: "The clock of this machine is too far off for AWS to accept its requests.",
    hint: "Set the clock, best by turning time synchronisation on, and try again.",
  };
}

function wrongRegionFailure(): Failure {
  return {
    code: "not-allowed",
    message: "The request was signed for another region than the one it reached.",
    hint: "Check AWS_REGION and any AWS_ENDPOINT_URL variable: they must name the same region.",
  };
}

function conflictFailure(error: AwsError): Failure {
  return {
    code: "conflict",
    message: "It is in use or being changed.",
    hint: "Wait until the other change is done, then try again.",
    ...(error.message ? { detail: error.message } : {}),
  };
}

function brokenServiceFailure(): Failure {
  return {
    code: "unreachable",
    message: "AWS has a problem of its own at the moment.",
    hint: "Try again in a minute; the AWS Health Dashboard shows incidents.",
  };
}

function foreignFailure(): Failure {
  return {
    code: "unreachable",
    message: "What answered is not a SageMaker endpoint.",
    hint: "Look at the host in the top bar: an AWS_ENDPOINT_URL variable or a proxy may lead to another program.",
  };
}

/** What the SDK itself throws as a plain Error, before anything is sent. */
function failureByMessage(error: AwsError): Failure | null {
  if (/Region is missing|Region not accepted/.test(error.message)) {
    return {
      code: "invalid",
      message: "No valid AWS region is set.",
      hint: "Set AWS_REGION, or a region in the profile, then restart Sagescope.",
    };
  }
  if (/Invalid URL|Custom endpoint|endpoint.*(FIPS|dualstack)/i.test(error.message)) {
    return {
      code: "invalid",
      message: "The configured endpoint URL cannot be used.",
      hint: "Check the AWS_ENDPOINT_URL variables; they do not go together with FIPS or dual-stack endpoints.",
    };
  }
  const isRefusal = error.$metadata?.httpStatusCode === 403;
  if (/Deserialization error|XML parse error/i.test(error.message) && !isRefusal) return foreignFailure();
  if (/could not load credentials|resolved credential object is not valid/i.test(error.message))
    return providerFailure(error);
  return null;
}

function statusFailure(error: AwsError): Failure {
  const status = error.$metadata?.httpStatusCode;
  if (status === 429) return throttleFailure();
  if (status === 401 || status === 403) return refusalFailure();
  if (status !== undefined && status >= 500) return brokenServiceFailure();
  return {
    code: "unexpected",
    message: "AWS answered with an error that Sagescope does not know.",
    hint: "Try again; if it stays, the endpoint's page in the AWS console may say more.",
  };
}

/** A refusal without a name we know: of a proxy, or in another protocol than the one asked in. */
function refusalFailure(): Failure {
  return {
    code: "not-allowed",
    message: "The host refused the request without saying why.",
    hint: "Check the credentials, and the host in the top bar: a proxy may be answering in its place.",
  };
}

function signIn(): string {
  return env.profile
    ? `Renew them, for example with "aws sso login --profile ${env.profile}".`
    : "Renew them where they come from.";
}
