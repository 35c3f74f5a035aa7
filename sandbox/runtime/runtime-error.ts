import { ACCOUNT, arnOf, partitionOf } from "../control/arns.ts";

/** A refusal of the runtime, which words its errors unlike the control plane. */
export type RuntimeError = {
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, string | number | null>;
};

/** The answer for a name that is not in service here; AWS does not tell the two apart. */
export function noSuchEndpoint(name: string): RuntimeError {
  return {
    status: 400,
    type: "ValidationError",
    body: { ErrorCode: "NO_SUCH_ENDPOINT", Message: `Endpoint ${name} of account ${ACCOUNT} not found.` },
  };
}

/** A request the runtime does not pass on. */
export function validationError(message: string, status = 400): RuntimeError {
  return { status, type: "ValidationError", body: { Message: message } };
}

/** The answer while a component's container loads. */
export function modelNotReady(component: string): RuntimeError {
  return {
    status: 429,
    type: "ModelNotReadyException",
    body: {
      Message: `Inference Component ${component} is not ready to process this request. Please try again later.`,
    },
  };
}

/** The answer while the machines of an endpoint serve but its model still loads; the text is our own. */
export function endpointNotReady(endpoint: string, variant: string): RuntimeError {
  return {
    status: 429,
    type: "ModelNotReadyException",
    body: {
      Message: `The model of variant ${variant} of endpoint ${endpoint} is not ready to process this request. Please try again later.`,
    },
  };
}

/** A throttled call: the runtime names the code in the header alone. */
export function throttled(): RuntimeError {
  return { status: 400, type: "ThrottlingException", body: { message: null } };
}

/** A caller whose policies do not allow the invocation. */
export function accessDenied(region: string, endpoint: string): RuntimeError {
  const caller = `arn:${partitionOf(region)}:iam::${ACCOUNT}:user/sandbox`;
  const action = "sagemaker:InvokeEndpoint";
  return {
    status: 400,
    type: "AccessDeniedException",
    body: {
      Message: `User: ${caller} is not authorized to perform: ${action} on resource: ${arnOf("endpoint", region, endpoint)} because no identity-based policy allows the ${action} action`,
    },
  };
}

/** A failure of the runtime itself; the texts are our own. */
export function serviceFailure(
  status: 500 | 503 | 530,
  type: "InternalFailure" | "ServiceUnavailable" | "InternalDependencyException",
): RuntimeError {
  return { status, type, body: { Message: "The request could not be processed. Try again later." } };
}

type Failed = {
  readonly status: number;
  readonly text: string;
  readonly endpoint: string;
  readonly variant: string;
  readonly component?: string;
  readonly region: string;
};

/** The container's own error, wrapped as SageMaker wraps it: status 424 with the original beside it. */
export function modelError({ status, text, endpoint, variant, component, region }: Failed): RuntimeError {
  const side = status >= 500 ? "server" : "client";
  const group =
    component === undefined
      ? `/aws/sagemaker/Endpoints/${endpoint}`
      : `/aws/sagemaker/InferenceComponents/${component}`;
  return {
    status: 424,
    type: "ModelError",
    body: {
      ErrorCode: status >= 500 ? "SERVER_ERROR_FROM_MODEL" : "CLIENT_ERROR_FROM_MODEL",
      LogStreamArn: `arn:aws:logs:${region}:${ACCOUNT}:log-group:${group}:log-stream:${variant}/i-00000000000000000`,
      Message: `Received ${side} error (${status}) from primary with message "${text}". See https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logEventViewer:group=${group} in account ${ACCOUNT} for more information.`,
      OriginalMessage: text,
      OriginalStatusCode: status,
    },
  };
}

/** The answer where a container is silent for longer than SageMaker waits. */
export function modelTimeout(where: Omit<Failed, "status" | "text">): RuntimeError {
  const error = modelError({ ...where, status: 0, text: "" });
  return {
    ...error,
    body: {
      ...error.body,
      ErrorCode: "SERVER_ERROR_FROM_MODEL",
      Message: `Received server error (0) from primary with message "Your invocation timed out while waiting for a response from container primary. Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, and try again.". See CloudWatch in account ${ACCOUNT} for more information.`,
    },
  };
}
