import type { Plan } from "#lib/plan/plan.ts";
import { line, type PreflightLine } from "./preflight-line.ts";

/** What was asked of the account. Null means that it could not be asked, or was refused. */
export type AccountFacts = {
  /** Whether something of this name is there already. */
  endpointExists: boolean | null;
  /** Only asked for components. */
  componentExists: boolean | null;
  /** "<type> for endpoint usage": what is allowed, and what runs. */
  quota: { limit: number; used: number } | null;
  /** `trusts` is whether sagemaker.amazonaws.com may assume it. */
  role: { exists: boolean; trusts: boolean | null } | null;
  /** Simulated for the role (iam:SimulatePrincipalPolicy). */
  permissions: readonly { action: string; resource: string; isAllowed: boolean }[] | null;
  /** Whether the registry answers for the image's tag. */
  imageExists: boolean | null;
  bucketRegion: string | null;
  host: Host | null;
};

/** The endpoint a component goes onto. */
export type Host = {
  status: string;
  hasModel: boolean;
  freeAccelerators: number | null;
  /** What managed scaling may still start, and to how few machines it goes back; null where it is not enabled. */
  growth: { machines: number; acceleratorsEach: number; minimum: number } | null;
};

/** Every line that depends on the account rather than on the plan alone. */
export function checkAccount(plan: Plan, facts: AccountFacts): PreflightLine[] {
  return [
    checkName(plan, facts),
    checkQuota(plan, facts),
    checkRole(plan, facts),
    ...checkPermissions(facts),
    checkImage(facts),
    ...(plan.carrier === "archive" ? [checkBucket(plan, facts)] : []),
    ...(plan.target.kind === "component" ? [checkHost(plan, facts)] : []),
  ];
}

function checkName(plan: Plan, facts: AccountFacts): PreflightLine {
  const isComponent = plan.target.kind === "component";
  const name = plan.target.kind === "component" ? plan.target.componentName : plan.endpointName;
  const exists = isComponent ? facts.componentExists : facts.endpointExists;
  const what = isComponent ? "component" : "endpoint";
  if (exists === null) return line("name-free", "Name is free", "unknown", "The account could not be asked.");
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

function checkQuota(plan: Plan, { quota }: AccountFacts): PreflightLine {
  const title = `Quota of ${plan.instanceType}`;
  if (plan.target.kind === "component")
    return line("quota", "Quota", "pass", "A component uses the machines of its endpoint.");
  if (!quota) return line("quota", title, "unknown", "The quota could not be read.");
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

function checkRole({ executionRoleArn }: Plan, { role }: AccountFacts): PreflightLine {
  const title = "Execution role";
  if (executionRoleArn === "") return line("role", title, "block", "Choose the role the container acts as.");
  if (!role) return line("role", title, "unknown", "The role could not be read.");
  if (!role.exists) return line("role", title, "block", "There is no such role.");
  if (role.trusts === null) return line("role", title, "unknown", "Its trust policy could not be read.");
  return role.trusts
    ? line("role", title, "pass", "SageMaker may assume it.")
    : line("role", title, "block", "Its trust policy does not let sagemaker.amazonaws.com assume it.");
}

function checkPermissions({ permissions }: AccountFacts): PreflightLine[] {
  const title = "Role's access";
  if (!permissions)
    return [line("permissions", title, "unknown", "What the role may do could not be simulated.")];
  const denied = permissions.filter(({ isAllowed }) => !isAllowed);
  if (denied.length === 0)
    return [line("permissions", title, "pass", `${permissions.length} actions simulated, all allowed.`)];
  return denied.map(({ action, resource }) =>
    line(`permission:${action}`, title, "block", `The role lacks ${action} on ${resource}.`),
  );
}

function checkImage({ imageExists }: AccountFacts): PreflightLine {
  const title = "Image";
  if (imageExists === null) return line("image", title, "unknown", "AWS's registry could not be asked.");
  return imageExists
    ? line("image", title, "pass", "The registry has this tag.")
    : line("image", title, "block", "The registry does not have this tag: choose another version.");
}

function checkBucket({ bucket, region }: Plan, { bucketRegion }: AccountFacts): PreflightLine {
  const title = "Bucket";
  if (bucket === "") return line("bucket", title, "block", "Choose a bucket for the archive.");
  if (bucketRegion === null)
    return line("bucket", title, "unknown", `Where ${bucket} is could not be asked.`);
  return bucketRegion === region
    ? line("bucket", title, "pass", `${bucket} is in ${region}.`)
    : line("bucket", title, "block", `${bucket} is in ${bucketRegion}, the endpoint in ${region}.`, [
        { kind: "patch", label: "Deploy without an archive", patch: { carrier: "environment" } },
      ]);
}

/** Components go onto endpoints whose variants have no model, need a free accelerator, and begin with a copy. */
function checkHost(plan: Plan, { host }: AccountFacts): PreflightLine {
  const title = "Endpoint of the component";
  if (plan.target.kind !== "component") return line("host", title, "pass", "");
  const { copies, accelerators } = plan.target;
  if (copies < 1)
    return line(
      "host",
      title,
      "block",
      "A component begins with at least one copy; scaling takes it to none later.",
      [{ kind: "patch", label: "Begin with one copy", patch: { target: { ...plan.target, copies: 1 } } }],
    );
  if (!host) return line("host", title, "unknown", "The endpoint could not be read.");
  if (host.hasModel)
    return line(
      "host",
      title,
      "block",
      `${plan.endpointName} serves a model of its own and takes no components.`,
    );
  if (host.status !== "InService")
    return line(
      "host",
      title,
      "block",
      `${plan.endpointName} is ${host.status}; a component needs it in service.`,
    );
  if (host.freeAccelerators === null)
    return line("host", title, "unknown", "How many of its accelerators are free is not known.");
  const words = `${host.freeAccelerators} accelerators are free; this takes ${copies * accelerators}.`;
  if (host.freeAccelerators >= copies * accelerators) return line("host", title, "pass", words);
  if (!startsMachines(plan, host)) return line("host", title, "block", words);
  const end = host.growth?.minimum === 0 ? " Without prompts it goes back to none." : "";
  return line(
    "host",
    title,
    "warn",
    `${words} Managed scaling first starts a machine, which takes minutes and is billed.${end}`,
  );
}

/** Whether a component fits only once managed scaling has started machines, whole copies on each. */
export function startsMachines({ target }: Plan, host: Host | null): boolean {
  if (target.kind !== "component" || !host?.growth || host.freeAccelerators === null) return false;
  const { copies, accelerators } = target;
  const { machines, acceleratorsEach } = host.growth;
  const now = Math.floor(host.freeAccelerators / accelerators);
  return now < copies && now + machines * Math.floor(acceleratorsEach / accelerators) >= copies;
}

/** mixtral → mixtral-2 → mixtral-3, within 63 characters. */
function nextName(name: string): string {
  const [, stem = name, number] = name.match(/^(.*?)-(\d{1,3})$/) ?? [];
  const end = `-${Number(number ?? "1") + 1}`;
  return stem.slice(0, 63 - end.length) + end;
}
