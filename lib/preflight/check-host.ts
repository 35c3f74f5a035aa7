import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts, Host } from "./account-facts.ts";
import { line, type PreflightLine } from "./preflight-line.ts";

/** Components go onto endpoints whose variants have no model, need a free accelerator, and begin with a copy. */
export function checkHost(plan: Plan, { host, endpointExists }: AccountFacts): PreflightLine {
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
  if (plan.endpointName === "" || endpointExists === false) {
    const what =
      plan.endpointName === "" ? "None is chosen" : `There is no endpoint called ${plan.endpointName}`;
    return line("host", title, "block", `${what}: choose one that is in service and takes components.`);
  }
  if (!host) return line("host", title, "unknown", "The endpoint could not be read: ask again.");
  if (!host.variants.includes(plan.target.variantName)) {
    const { target } = plan;
    const message = `${plan.endpointName} has no variant called ${target.variantName}.`;
    const fixes = host.variants.slice(0, 3).map((variantName) => ({
      kind: "patch" as const,
      label: `Take ${variantName}`,
      patch: { target: { ...target, variantName } },
    }));
    return line("host", title, "block", message, fixes);
  }
  if (host.hasModel)
    return line(
      "host",
      title,
      "block",
      `${plan.endpointName} serves a model of its own and takes no components: choose another endpoint.`,
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
