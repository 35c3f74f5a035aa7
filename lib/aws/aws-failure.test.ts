import { afterEach, describe, expect, it, vi } from "vitest";
import type { Failure } from "#lib/failure.ts";
import { awsFailure, isOwnRepeat, wasRefused } from "./aws-failure.ts";

/** As the SDK throws: a plain error whose name is the exception's. */
function thrown(name: string, message: string | null, fields: object = {}) {
  return Object.assign(
    new Error(),
    { name, message, $metadata: { httpStatusCode: 400, attempts: 1 } },
    fields,
  );
}

const ARN = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e1";

const VALIDATION: [string, Partial<Failure>][] = [
  [
    `Could not find model "${ARN.replace("endpoint/e1", "model/m1")}".`,
    { code: "not-found", message: "The model m1 does not exist in this account and region." },
  ],
  [
    `Could not find endpoint "${ARN}".`,
    { code: "not-found", message: "The endpoint e1 does not exist in this account and region." },
  ],
  [
    `Could not find endpoint configuration "${ARN.replace("endpoint/e1", "endpoint-config/c1")}".`,
    {
      code: "not-found",
      message: "The endpoint configuration c1 does not exist in this account and region.",
    },
  ],
  [
    'Could not find inference component "arn:aws:sagemaker:us-east-1:1:inference-component/ic"',
    { code: "not-found" },
  ],
  [
    "Could not find endpoint 'e1'.",
    { code: "not-found", message: "The endpoint e1 does not exist in this account and region." },
  ],
  [
    `Cannot create already existing endpoint "${ARN}".`,
    { code: "conflict", message: "The endpoint e1 already exists.", field: "endpointName" },
  ],
  [
    'Cannot create already existing model "arn:aws:sagemaker:us-east-1:1:model/m"',
    { code: "conflict", message: "The model m already exists." },
  ],
  [
    `Cannot update in-progress endpoint "${ARN}".`,
    {
      code: "conflict",
      message: "The endpoint is being changed, and SageMaker allows one change at a time.",
    },
  ],
  [
    'The variant name(s) "X" is/are not present within endpoint configuration "C".',
    { code: "invalid", field: "targetVariant" },
  ],
  ['variant name "X" was non-unique', { code: "invalid" }],
  ["Cannot delete endpoint with inference component associated with it", { code: "conflict" }],
  [
    "ic-1 is a base inference component for one or more associated adapter inference components",
    { code: "conflict" },
  ],
  ["ManagedInstanceScaling is only supported for inference component endpoints.", { code: "invalid" }],
  ["RoutingConfig is not supported with the given EndpointConfig setup.", { code: "invalid" }],
  [
    "Min instance count needs to be greater than 0 for enabled managed instance scaling",
    { code: "invalid", field: "instanceCount" },
  ],
  ["Inference components copy count an integer larger than 0", { code: "invalid" }],
  [
    "Could not access model data at s3://bucket/model.tar.gz. Please ensure that the role …",
    {
      code: "not-allowed",
      field: "modelDataUrl",
      message: "SageMaker cannot read the model data at s3://bucket/model.tar.gz.",
    },
  ],
  ["Requested image 1.dkr.ecr.us-east-1.amazonaws.com/x:y not found.", { code: "invalid", field: "image" }],
  [
    "The repository of your image does not grant ecr:GetDownloadUrlForLayer, ecr:BatchGetImage to sagemaker.amazonaws.com",
    { code: "invalid", field: "image" },
  ],
  [
    "An Application AutoScaling scalable target exists for a variant being deleted, and the IAM identity arn does not have application-autoscaling:DeregisterScalableTarget permission",
    { code: "not-allowed" },
  ],
  [
    "Inference Component Name header is required for endpoints to which you plan to deploy inference components",
    { code: "invalid", field: "inferenceComponentName" },
  ],
  [
    "Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress",
    { code: "not-ready" },
  ],
  ["Endpoint e9 of account 123456789012 not found.", { code: "not-found" }],
  [
    "1 validation error detected: Value 'ml.bogus' at 'productionVariants.1.member.instanceType' failed to satisfy constraint: Member must satisfy enum value set: [ml.m5.xlarge, ml.g5.xlarge]",
    {
      code: "invalid",
      field: "instanceType",
      message:
        'SageMaker does not accept "ml.bogus" for productionVariants.1.member.instanceType: it is not one of the values this API knows.',
    },
  ],
  [
    "1 validation error detected: Value 'bad_name' at 'endpointName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
    { code: "invalid", field: "endpointName" },
  ],
  [
    "2 validation errors detected: Value '' at 'modelName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value null at 'x' failed to satisfy constraint: Member must not be null",
    {
      code: "invalid",
      field: "endpointName",
      message: "SageMaker does not accept modelName: its length must be at least 1.",
    },
  ],
  [
    "1 validation error detected: Value null at 'productionVariants' failed to satisfy constraint: Member must not be null",
    { code: "invalid", message: "SageMaker does not accept productionVariants: it is missing." },
  ],
  [
    "1 validation error detected: Value '10' at 'productionVariants.1.member.containerStartupHealthCheckTimeoutInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60",
    { code: "invalid", field: "startupTimeoutSeconds" },
  ],
  ["Something nobody has seen before", { code: "invalid", detail: "Something nobody has seen before" }],
];

describe("validation wordings", () => {
  it.each(VALIDATION)("%s", (message, expected) => {
    expect(awsFailure(thrown("ValidationException", message))).toMatchObject(expected);
  });
});

describe("the four numbers of a quota", () => {
  it("are told, with the quota's name", () => {
    const failure = awsFailure(
      thrown(
        "ResourceLimitExceeded",
        "The account-level service limit 'ml.g5.xlarge for endpoint usage' is 1 Instances, with current utilization of 2 Instances and a request delta of 3 Instances. Please use AWS Service Quotas to request an increase for this quota.",
      ),
    );
    expect(failure).toMatchObject({ code: "not-allowed", field: "instanceType" });
    expect(failure.message).toBe(
      'The account may run 1 of "ml.g5.xlarge for endpoint usage", 2 of them in use, and this asks for 3 more.',
    );
  });
});

describe("permissions", () => {
  it("names action and resource and gives the statement that allows it", () => {
    const failure = awsFailure(
      thrown(
        "AccessDeniedException",
        `User: arn:aws:iam::1:user/u is not authorized to perform: sagemaker:CreateEndpoint on resource: ${ARN} because no identity-based policy allows the sagemaker:CreateEndpoint action`,
      ),
    );
    expect(failure.message).toBe(`This identity may not do sagemaker:CreateEndpoint on ${ARN}.`);
    expect(JSON.parse(failure.detail ?? "")).toEqual({
      Effect: "Allow",
      Action: "sagemaker:CreateEndpoint",
      Resource: ARN,
    });
  });

  it("points at the role where it may not be passed", () => {
    const failure = awsFailure(
      thrown(
        "AccessDeniedException",
        "User: u is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/r",
      ),
    );
    expect(failure).toMatchObject({ code: "not-allowed", field: "executionRoleArn" });
  });
});

const OTHERS: [string, object, Partial<Failure>][] = [
  [
    "expired token",
    thrown("ExpiredTokenException", "The security token included in the request is expired"),
    { code: "not-allowed", message: "The AWS credentials have expired." },
  ],
  [
    "expired SSO session",
    thrown(
      "CredentialsProviderError",
      "The SSO session associated with this profile has expired or is otherwise invalid.",
    ),
    { code: "not-allowed", message: "The AWS credentials have expired." },
  ],
  [
    "expired SSO token",
    thrown("TokenProviderError", "Token is expired. To refresh this SSO session run 'aws sso login'"),
    { message: "The AWS credentials have expired." },
  ],
  [
    "no credentials",
    thrown("CredentialsProviderError", "Could not load credentials from any providers"),
    { message: "No AWS credentials were found." },
  ],
  [
    "unknown key",
    thrown("UnrecognizedClientException", "The security token included in the request is invalid."),
    { message: "AWS does not know these credentials." },
  ],
  [
    "unknown key at STS",
    thrown("InvalidClientTokenId", "…"),
    { message: "AWS does not know these credentials." },
  ],
  [
    "wrong secret",
    thrown("SignatureDoesNotMatch", "The request signature we calculated does not match"),
    { message: "AWS does not accept the signature of the request." },
  ],
  [
    "clock",
    thrown(
      "InvalidSignatureException",
      "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z",
    ),
    { message: "The clock of this machine is too far off for AWS to accept its requests." },
  ],
  [
    "wrong region",
    thrown("InvalidSignatureException", "Credential should be scoped to a valid region, not 'us-east-1'."),
    { message: "The request was signed for another region than the one it reached." },
  ],
  ["throttling", thrown("ThrottlingException", "Rate exceeded"), { code: "throttled" }],
  ["throttling of the runtime, message null", thrown("ThrottlingException", null), { code: "throttled" }],
  [
    "no server",
    thrown("Error", "connect ECONNREFUSED", { code: "ECONNREFUSED", address: "127.0.0.1", port: 4566 }),
    { code: "unreachable", message: "Nothing answers at 127.0.0.1:4566." },
  ],
  [
    "no such host",
    thrown("Error", "getaddrinfo ENOTFOUND x", {
      code: "ENOTFOUND",
      hostname: "api.sagemaker.xx.amazonaws.com",
    }),
    { code: "unreachable", message: "The name api.sagemaker.xx.amazonaws.com cannot be resolved." },
  ],
  [
    "no network",
    thrown("Error", "", { code: "ENETUNREACH" }),
    { code: "unreachable", message: "There is no network path to AWS." },
  ],
  [
    "foreign certificate",
    thrown("Error", "self signed", { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
    { code: "unreachable", message: "The host's certificate is not trusted." },
  ],
  ["timeout", thrown("TimeoutError", "socket hang up"), { code: "unreachable" }],
  [
    "HTML",
    thrown("SyntaxError", "Unexpected token '<'"),
    { code: "unreachable", message: "What answered is not a SageMaker endpoint." },
  ],
  [
    "unknown operation",
    thrown("UnknownOperationException", ""),
    { message: "What answered is not a SageMaker endpoint." },
  ],
  [
    "no region",
    thrown("Error", "Region is missing"),
    { code: "invalid", message: "No valid AWS region is set." },
  ],
  [
    "AWS itself",
    thrown("InternalFailure", "", { $metadata: { httpStatusCode: 500 } }),
    { code: "unreachable" },
  ],
  ["model loading", thrown("ModelNotReadyException", ""), { code: "not-ready" }],
  ["in use", thrown("ResourceInUse", "in use"), { code: "conflict" }],
  ["aborted", thrown("AbortError", "Request aborted"), { code: "interrupted" }],
];

describe("other errors", () => {
  it.each(OTHERS)("%s", (_name, error, expected) => {
    expect(awsFailure(error)).toMatchObject(expected);
  });

  it("gives each a hint, save for what the person did", () => {
    for (const [name, error] of OTHERS) {
      if (name !== "aborted") expect(awsFailure(error).hint, name).toMatch(/\w/);
    }
  });

  it("keeps an unknown error's words to itself", () => {
    const failure = awsFailure(new Error("AKIASECRET leaked"));
    expect(failure.code).toBe("unexpected");
    expect(JSON.stringify(failure)).not.toContain("AKIA");
    expect(awsFailure("text").code).toBe("unexpected");
    expect(awsFailure(undefined).code).toBe("unexpected");
  });
});

describe("errors of the container", () => {
  function model(fields: object) {
    return awsFailure(thrown("ModelError", "Received server error (0) from primary", fields));
  }

  it("unwraps the message inside the container's JSON", () => {
    expect(
      model({
        OriginalStatusCode: 424,
        OriginalMessage: '{"error":"Input Parsing failed. no inputs","code":424}',
      }),
    ).toMatchObject({
      code: "invalid",
      message: "The container could not read the request.",
      detail: "Input Parsing failed. no inputs",
    });
    expect(model({ OriginalMessage: '{"error":{"message":"too long","type":"x"}}' }).detail).toBe("too long");
    expect(model({ OriginalMessage: "plain words" }).detail).toBe("plain words");
    expect(model({ OriginalMessage: "[1,2]" }).detail).toBe("[1,2]");
  });

  it("finds the message in the sentence where the field is absent", () => {
    const message =
      'Received client error (400) from primary with message "{"error":"bad","code":400}". See https://us-east-1.console.aws.amazon.com/x in account 1 for more information.';
    expect(awsFailure(thrown("ModelError", message)).detail).toBe("bad");
  });

  it("tells a busy container from a broken one", () => {
    expect(model({ OriginalStatusCode: 503, OriginalMessage: "Worker queue capacity exceeded" }).code).toBe(
      "throttled",
    );
    expect(model({ OriginalMessage: "CUDA out of memory" }).message).toBe(
      "The container ran out of accelerator memory.",
    );
  });
});

describe("what an error says about what happened", () => {
  it("knows its own repeated create", () => {
    const taken = `Cannot create already existing model "${ARN}"`;
    expect(isOwnRepeat(thrown("ValidationException", taken))).toBe(false);
    expect(isOwnRepeat(thrown("ValidationException", taken, { $metadata: { attempts: 2 } }))).toBe(true);
  });

  it("knows a refusal from silence", () => {
    expect(wasRefused(thrown("ValidationException", ""))).toBe(true);
    expect(wasRefused(Object.assign(new Error(), { code: "ECONNRESET" }))).toBe(false);
  });
});

describe("a profile that gives no credentials", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  it.each([
    "Could not load credentials from any providers",
    "Could not resolve credentials using profile: [nosuch] in configuration/credentials file(s).",
  ])("is named whatever the SDK says: %s", async (words) => {
    vi.stubEnv("AWS_PROFILE", "nosuch");
    vi.resetModules();
    const fresh = await import("./aws-failure.ts");
    const failure = fresh.awsFailure(thrown("CredentialsProviderError", words));
    expect(failure.message).toBe("The AWS profile nosuch gives no credentials.");
    expect(failure.hint).toContain("~/.aws/config");
  });
});
