import { validationException } from "../aws-error.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { Scope } from "./scope.ts";

/** Throws AWS's refusal where a call names an execution role that SageMaker may not assume. */
export function requireTrust(scope: Scope, input: JsonObject): void {
  const role = stringAt(input, "ExecutionRoleArn");
  if (role === undefined || scope.neighbours.trustsSageMaker(scope.region, role)) return;
  throw validationException(
    `Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
  );
}
