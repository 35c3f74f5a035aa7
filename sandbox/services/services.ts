import { CLOUDWATCH } from "../cloudwatch/operations.ts";
import { SAGEMAKER } from "../control/operations.ts";
import { ECR } from "../ecr/operations.ts";
import { IAM } from "../iam/operations.ts";
import { LOGS } from "../logs/operations.ts";
import { PRICING } from "../pricing/operations.ts";
import { SERVICE_QUOTAS } from "../quotas/operations.ts";
import { AUTOSCALING } from "../scaling/autoscaling.ts";
import type { JsonService } from "./json-rpc.ts";

/** The services that are called by a target header; one port serves all of them. */
const SERVICES: readonly JsonService[] = [
  SAGEMAKER,
  SERVICE_QUOTAS,
  AUTOSCALING,
  CLOUDWATCH,
  LOGS,
  PRICING,
  ECR,
];

/** The service and the operation that a target header names; undefined where the sandbox has no such service. */
export function findTarget(target: string): { service: JsonService; operation: string } | undefined {
  const dot = target.lastIndexOf(".");
  const service = SERVICES.find(({ prefix }) => prefix === target.slice(0, dot));
  return service === undefined ? undefined : { service, operation: target.slice(dot + 1) };
}

// What has no table of operations: the calls of the runtime and the one of STS.
const OTHERS = [
  "InvokeEndpoint",
  "InvokeEndpointWithResponseStream",
  "InvokeEndpointAsync",
  "GetCallerIdentity",
];

/** Whether some service of the sandbox has an operation of this name. */
export function isOperation(name: string): boolean {
  return (
    OTHERS.includes(name) ||
    IAM.operations.has(name) ||
    SERVICES.some(({ operations, streams }) => operations.has(name) || streams?.has(name) === true)
  );
}
