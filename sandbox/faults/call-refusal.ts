import { AwsError } from "../aws-error.ts";
import { ACCOUNT, arnOf, partitionOf, type ResourceKind } from "../control/arns.ts";
import { isJsonObject, type JsonObject, parseJson, stringAt } from "../json.ts";
import table from "./call-faults.json" with { type: "json" };

type Row = { readonly code: string; readonly message: string; readonly status?: number };

const ROWS: ReadonlyMap<string, Row> = new Map(Object.entries(table));

/** The faults that refuse a call, and two that do not: a quota of zero, and a connection that breaks without an answer. */
export const CALL_FAULTS: readonly string[] = [...ROWS.keys(), "quota-zero", "no-answer"];

/** A call as far as a refusal speaks of it; `service` as its signature names it. */
export type RefusedCall = {
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly input: JsonObject;
};

// Two services have another name in policies than in signatures.
const POLICY_NAMES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

const NAMES: readonly (readonly [member: string, kind: ResourceKind])[] = [
  ["InferenceComponentName", "inference-component"],
  ["EndpointName", "endpoint"],
  ["EndpointConfigName", "endpoint-config"],
  ["ModelName", "model"],
];

/** The refusal that a fault stands for, in AWS's words about this call; undefined where the fault refuses nothing. */
export function callRefusal(fault: string, call: RefusedCall): AwsError | undefined {
  const row = ROWS.get(fault);
  if (row === undefined) return undefined;
  const words = wordsOf(call);
  const message = row.message.replaceAll(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
  return new AwsError(row.code, message, row.status ?? 400);
}

/** What IAM says to a caller without the permission. */
export function accessDenied(call: RefusedCall): AwsError {
  const refusal = callRefusal("access-denied", call);
  if (refusal === undefined) throw new Error("the table of call faults has no access-denied");
  return refusal;
}

/** A call as policies name it: `cloudwatch:GetMetricData` of the service that signs as `monitoring`. */
export function actionOf(service: string, operation: string): string {
  return `${POLICY_NAMES[service] ?? service}:${operation}`;
}

/** The input of a call as far as it can be read: a call is refused before anybody looks whether it is well formed. */
export function inputOf(text: string): JsonObject {
  const parsed = parseJson(text === "" ? "{}" : text);
  return isJsonObject(parsed) ? parsed : {};
}

function wordsOf({ region, service, operation, input }: RefusedCall): Record<string, string> {
  const [container] = [input.PrimaryContainer, input.Containers].flat().filter(isJsonObject);
  const config = stringAt(input, "EndpointConfigName") ?? "";
  return {
    region,
    caller: `arn:${partitionOf(region)}:iam::${ACCOUNT}:user/sandbox`,
    action: actionOf(service, operation),
    resource: resourceOf(region, input),
    role:
      stringAt(input, "ExecutionRoleArn") ??
      `arn:${partitionOf(region)}:iam::${ACCOUNT}:role/sandbox-execution-role`,
    config: arnOf("endpoint-config", region, config),
    image: stringAt(container ?? {}, "Image") ?? "",
    data: stringAt(container ?? {}, "ModelDataUrl") ?? "s3://sagescope-models/model.tar.gz",
  };
}

/** What a call is about, as policies name it; an asterisk where its input names nothing. */
function resourceOf(region: string, input: JsonObject): string {
  const repository = stringAt(input, "repositoryName");
  if (repository !== undefined) {
    const registry = stringAt(input, "registryId") ?? ACCOUNT;
    return `arn:${partitionOf(region)}:ecr:${region}:${registry}:repository/${repository}`;
  }
  const named = NAMES.find(([member]) => stringAt(input, member) !== undefined);
  return named === undefined
    ? (stringAt(input, "ResourceArn") ?? "*")
    : arnOf(named[1], region, stringAt(input, named[0]) ?? "");
}
