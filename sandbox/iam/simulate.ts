import { ACCOUNT, partitionOf } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, type JsonValue, stringAt } from "../json.ts";
import { markerPage } from "./marker-page.ts";
import { isDenied } from "./permissions.ts";
import { invalidInput, noSuchEntity } from "./refusals.ts";
import { ROLES, roleArn } from "./role-catalogue.ts";

const POLICY = "sandbox-allows-everything";

/**
 * Whether a principal may do actions on resources: everything that the control path does not deny, since there are
 * no policies here that could be evaluated. Throws `NoSuchEntity` for a principal the account does not have.
 */
export function simulatePrincipalPolicy(scope: Scope, input: JsonObject): JsonObject {
  requirePrincipal(scope, stringAt(input, "PolicySourceArn") ?? "");
  const resources = textsOf(input.ResourceArns);
  const results = textsOf(input.ActionNames).flatMap((action) =>
    (resources.length > 0 ? resources : ["*"]).map((resource) => ({ action, resource })),
  );
  const rows = results.map((row, index) => ({ ...row, key: String(index).padStart(8, "0") }));
  const page = markerPage(scope, input, rows, ({ key }) => key, "SimulatePrincipalPolicy");
  return {
    EvaluationResults: page.items.map(({ action, resource }) => evaluate(scope, action, resource)),
    ...page.end,
  };
}

function evaluate(scope: Scope, action: string, resource: string): JsonObject {
  const denied = isDenied(scope.switches, action);
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: denied ? "implicitDeny" : "allowed",
    MatchedStatements: denied ? [] : [{ SourcePolicyId: POLICY, SourcePolicyType: "IAM Policy" }],
    MissingContextValues: [],
  };
}

function requirePrincipal(scope: Scope, arn: string): void {
  const [, kind, name = ""] = /^arn:[a-z-]+:iam::\d{12}:(user|role|group)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined) {
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const user = `arn:${partitionOf(scope.region)}:iam::${ACCOUNT}:user/sandbox`;
  if (arn !== user && !ROLES.some((role) => roleArn(scope.region, role.name) === arn)) {
    throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  }
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
