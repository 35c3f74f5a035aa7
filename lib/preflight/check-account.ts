import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "./account-facts.ts";
import { checkBucket } from "./check-bucket.ts";
import { checkHost } from "./check-host.ts";
import { checkImage } from "./check-image.ts";
import { checkWeights } from "./check-weights.ts";
import { line, type PreflightLine, unknownLine } from "./preflight-line.ts";

/** Every line that depends on the account rather than on the plan alone. */
export function checkAccount(plan: Plan, facts: AccountFacts): PreflightLine[] {
  return [
    ...checkRegion(plan, facts),
    checkName(plan, facts),
    checkQuota(plan, facts),
    checkRole(plan, facts),
    ...checkPermissions(facts),
    ...checkImage(plan, facts),
    ...(plan.carrier === "archive" ? [checkBucket(plan, facts)] : []),
    ...checkWeights(plan, facts),
    ...(plan.target.kind === "component" ? [checkHost(plan, facts)] : []),
  ];
}

/** Nothing to say where they are the same, as they nearly always are. */
function checkRegion(plan: Plan, { region }: AccountFacts): PreflightLine[] {
  if (region === null || region === plan.region) return [];
  const message = `The plan is for ${plan.region}; this server works in ${region} and deploys there alone. For ${plan.region} restart it with --region ${plan.region}, or export the plan.`;
  return [
    line("region", "Region", "block", message, [
      { kind: "patch", label: `Deploy in ${region}`, patch: { region } },
    ]),
  ];
}

function checkName(plan: Plan, facts: AccountFacts): PreflightLine {
  const isComponent = plan.target.kind === "component";
  const name = plan.target.kind === "component" ? plan.target.componentName : plan.endpointName;
  const exists = isComponent ? facts.componentExists : facts.endpointExists;
  const what = isComponent ? "component" : "endpoint";
  if (exists === null) {
    const sentence = `Whether there is a ${what} called ${name} is not known.`;
    return unknownLine("name-free", "Name is free", sentence, facts.trouble.name);
  }
  if (!exists) return line("name-free", "Name is free", "pass", `No ${what} is called ${name}.`);
  const other = nextName(name);
  const patch =
    plan.target.kind === "component"
      ? { target: { ...plan.target, componentName: other } }
      : { endpointName: other };
  return line("name-free", "Name is free", "block", `There is a ${what} called ${name} already.`, [
    { kind: "patch", label: `Call it ${other}`, patch },
  ]);
}

function checkQuota(plan: Plan, { quota, trouble }: AccountFacts): PreflightLine {
  const title = `Quota of ${plan.instanceType}`;
  if (plan.target.kind === "component")
    return line("quota", "Quota", "pass", "A component uses the machines of its endpoint.");
  if (plan.instanceType === "") return line("quota", "Quota", "unknown", "No instance type is chosen yet.");
  if (!quota) {
    const sentence = trouble.quota
      ? "The quota is not known."
      : `Service Quotas lists none for it: AWS may host no endpoints on it in ${plan.region}.`;
    return unknownLine("quota", title, sentence, trouble.quota);
  }
  if (quota.used === null) {
    const message = `${quota.limit} are allowed; how many are in use could not be counted. Compare with the endpoints page.`;
    return line("quota", title, "unknown", message);
  }
  const left = quota.limit - quota.used;
  const words = `${quota.used} of ${quota.limit} in use`;
  if (left >= plan.instanceCount)
    return line("quota", title, "pass", `${words}; this takes ${plan.instanceCount}.`);
  return line("quota", title, "block", `${words}; ${plan.instanceCount} more do not fit.`, [
    {
      kind: "visit",
      label: "Request a higher quota",
      href: `https://${plan.region}.console.aws.amazon.com/servicequotas/home/services/sagemaker/quotas`,
    },
    ...(left >= 1 ? [{ kind: "patch" as const, label: `Take ${left}`, patch: { instanceCount: left } }] : []),
  ]);
}

function checkRole({ executionRoleArn }: Plan, { role, trouble }: AccountFacts): PreflightLine {
  const title = "Execution role";
  if (executionRoleArn === "") return line("role", title, "block", "Choose the role the container acts as.");
  if (!role) return unknownLine("role", title, "Whether the role is there is not known.", trouble.role);
  if (!role.exists) return line("role", title, "block", "There is no such role.");
  if (role.trusts === null) {
    return unknownLine("role", title, "Whether SageMaker may assume it is not known.", trouble.role);
  }
  return role.trusts
    ? line("role", title, "pass", "SageMaker may assume it.")
    : line("role", title, "block", "Its trust policy does not let sagemaker.amazonaws.com assume it.");
}

function checkPermissions({ permissions, trouble }: AccountFacts): PreflightLine[] {
  const title = "Role's access";
  if (!permissions) {
    const sentence = "What the role may do could not be simulated.";
    return [unknownLine("permissions", title, sentence, trouble.permissions)];
  }
  const denied = permissions.filter(({ isAllowed }) => !isAllowed);
  if (denied.length === 0)
    return [line("permissions", title, "pass", `${permissions.length} actions simulated, all allowed.`)];
  return denied.map(({ action, resource }) =>
    line(`permission:${action}`, title, "block", `The role lacks ${action} on ${resource}.`),
  );
}

/** mixtral → mixtral-2 → mixtral-3, within 63 characters. */
function nextName(name: string): string {
  const [, stem = name, number] = name.match(/^(.*?)-(\d{1,3})$/) ?? [];
  const end = `-${Number(number ?? "1") + 1}`;
  return stem.slice(0, 63 - end.length) + end;
}
