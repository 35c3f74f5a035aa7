import "server-only";
import { GetRoleCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { z } from "zod";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { iam } from "./clients.ts";

/** One thing that a role would be asked for, and what IAM's simulation says of it. */
type SimulatedAction = { action: string; resource: string; isAllowed: boolean };

export type RoleCheck = {
  exists: boolean;
  /** Null where the trust policy may not be read. */
  trustsSageMaker: boolean | null;
  /** Null where the identity may not simulate. Bucket policies and boundaries of other accounts are not seen. */
  actions: SimulatedAction[] | null;
  /** Why something above is null. */
  failure?: Failure;
};

const trustSchema = z.object({
  Statement: z.union([z.array(z.unknown()), z.unknown().transform((one) => [one])]),
});

const statementSchema = z.object({
  Effect: z.literal("Allow"),
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  Principal: z.object({
    Service: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
  }),
});

/**
 * Whether SageMaker may take on an execution role, and whether the role may do what a deployment needs. Reads
 * only; needs `iam:GetRole` and `iam:SimulatePrincipalPolicy` on the role. Fails with what `awsFailure` says
 * where nothing at all could be read, other than for want of those permissions.
 */
export async function checkRole(
  roleArn: string,
  needed: readonly { action: string; resource: string }[],
): Promise<Result<RoleCheck>> {
  const trust = await readTrust(roleArn);
  if (!trust.ok && trust.failure.code === "not-found") {
    return succeed({ exists: false, trustsSageMaker: null, actions: null });
  }
  if (!trust.ok && trust.failure.code !== "not-allowed") return trust;
  const actions = await simulate(roleArn, needed);
  if (!actions.ok && actions.failure.code === "not-found") {
    return succeed({ exists: false, trustsSageMaker: null, actions: null });
  }
  const failure = !trust.ok ? trust.failure : !actions.ok ? actions.failure : null;
  return succeed({
    exists: true,
    trustsSageMaker: trust.ok ? trust.value : null,
    actions: actions.ok ? actions.value : null,
    ...(failure ? { failure } : {}),
  });
}

async function readTrust(roleArn: string): Promise<Result<boolean>> {
  try {
    const answer = await iam().send(new GetRoleCommand({ RoleName: roleName(roleArn) }));
    const document = answer.Role?.AssumeRolePolicyDocument;
    return succeed(document !== undefined && trustsSageMaker(document));
  } catch (error) {
    return fail(awsFailure(error));
  }
}

/** IAM sends the document percent-encoded (API reference, GetRole). */
function trustsSageMaker(document: string): boolean {
  const parsed = trustSchema.safeParse(JSON.parse(decodeURIComponent(document)));
  if (!parsed.success) return false;
  return parsed.data.Statement.some((candidate) => {
    const statement = statementSchema.safeParse(candidate);
    if (!statement.success) return false;
    const { Action, Principal } = statement.data;
    return Principal.Service.includes("sagemaker.amazonaws.com") && Action.includes("sts:AssumeRole");
  });
}

/** One call for each resource: actions that do not take a resource would make a joint answer ambiguous. */
async function simulate(
  roleArn: string,
  needed: readonly { action: string; resource: string }[],
): Promise<Result<SimulatedAction[]>> {
  const resources = [...new Set(needed.map(({ resource }) => resource))];
  try {
    const answers = await Promise.all(
      resources.map(async (resource) => {
        const actions = needed.filter((need) => need.resource === resource).map(({ action }) => action);
        const answer = await iam().send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: roleArn,
            ActionNames: actions,
            ResourceArns: [resource],
          }),
        );
        return (answer.EvaluationResults ?? []).map(
          (result): SimulatedAction => ({
            action: result.EvalActionName ?? "",
            resource,
            isAllowed: result.EvalDecision === "allowed",
          }),
        );
      }),
    );
    return succeed(answers.flat());
  } catch (error) {
    return fail(awsFailure(error));
  }
}

/** The last part of the ARN: a path before it is not part of the name. */
function roleName(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf("/") + 1);
}
