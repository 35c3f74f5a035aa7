import { nameProblem } from "#lib/endpoint/endpoint-name.ts";
import { fitInstance, fitInstances } from "#lib/fit/fit-instance.ts";
import { weightsBytes } from "#lib/fit/measure-memory.ts";
import type { ModelFigures } from "#lib/fit/model-figures.ts";
import { imageUri } from "#lib/lmi/image-uri.ts";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { effectiveProperties } from "#lib/options/environment.ts";
import { parseProperties } from "#lib/options/parse-properties.ts";
import { instanceFacts } from "#lib/options/rule-facts.ts";
import { validateProperties } from "#lib/options/validate-properties.ts";
import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "./account-facts.ts";
import { checkAccount } from "./check-account.ts";
import { startsMachines } from "./check-host.ts";
import { checkTimeouts } from "./check-timeouts.ts";
import { line, type PreflightLine, type Verdict } from "./preflight-line.ts";

/**
 * Everything that can be decided before money is spent: first what follows from the plan, then what the account
 * says. `model` null is a model whose figures nobody knows.
 */
export function preflight(plan: Plan, model: ModelFigures | null, account: AccountFacts): PreflightLine[] {
  const weights = model && weightsBytes(model, plan.sizing.format);
  return [
    checkNames(plan),
    checkModel(plan),
    checkOptions(plan),
    checkContainer(plan),
    checkMemory(plan, model),
    ...checkTimeouts(plan, weights),
    checkPrice(plan, account),
    ...checkAccount(plan, account),
  ];
}

/** The gravest verdict of all lines; `unknown` is graver than `warn`, since it may hide a block. */
export function overallVerdict(lines: readonly PreflightLine[]): Verdict {
  const order: readonly Verdict[] = ["block", "unknown", "warn"];
  return order.find((verdict) => lines.some((one) => one.verdict === verdict)) ?? "pass";
}

function checkNames({ endpointName, target }: Plan): PreflightLine {
  const problem =
    nameProblem(endpointName) ?? (target.kind === "component" ? nameProblem(target.componentName) : null);
  return problem
    ? line("name", "Name", "block", problem)
    : line("name", "Name", "pass", "Its letters and length are allowed.");
}

function checkModel(plan: Plan): PreflightLine {
  const properties = effectiveProperties(parseProperties(plan.properties), plan.environment, plan.lmiVersion);
  const id = properties["option.model_id"] ?? properties["option.s3url"] ?? plan.environment.HF_MODEL_ID;
  if (!id) return line("model", "Model", "block", "Nothing says which model: set option.model_id.");
  if (plan.modelId !== "" && id !== plan.modelId)
    return line("model", "Model", "warn", `The plan is for ${plan.modelId}, the configuration loads ${id}.`);
  return line("model", "Model", "pass", `It loads ${id}.`);
}

function checkOptions(plan: Plan): PreflightLine {
  const instance = findInstanceType(plan.instanceType);
  const found = validateProperties(parseProperties(plan.properties), {
    version: plan.lmiVersion,
    backend: plan.backend,
    architecture: plan.architecture,
    instance: instance && instanceFacts(instance),
    // The line on timeouts says this, with its fixes.
    startupTimeoutSeconds: null,
  });
  const errors = found.filter(({ severity }) => severity === "error");
  const warnings = found.filter(({ severity }) => severity === "warning");
  const [first] = [...errors, ...warnings];
  if (!first) return line("options", "Configuration", "pass", "No rule of this version is broken.");
  const rest = errors.length + warnings.length - 1;
  const message = `${first.key}: ${first.message}${rest > 0 ? ` And ${rest} more.` : ""}`;
  return line("options", "Configuration", errors.length > 0 ? "block" : "warn", message);
}

function checkContainer({ framework, lmiVersion, region, imageTag }: Plan): PreflightLine {
  const image = imageUri({ framework, version: lmiVersion, region, ...(imageTag ? { tag: imageTag } : {}) });
  return image.ok
    ? line("container", "Container", "pass", image.value)
    : line("container", "Container", "block", image.failure.message);
}

function checkMemory(plan: Plan, model: ModelFigures | null): PreflightLine {
  const title = "Memory";
  if (plan.instanceType === "")
    return line("memory", title, "block", "Choose an instance type: sizing shows which ones it fits on.");
  const instance = findInstanceType(plan.instanceType);
  if (!instance) return line("memory", title, "block", `There is no instance type "${plan.instanceType}".`);
  if (!model)
    return line("memory", title, "unknown", "The model's figures are not known: paste its config.json.");
  const question = { ...plan.sizing, model, backend: plan.backend };
  const fit = fitInstance(question, instance);
  if (fit.verdict === "fits") return line("memory", title, "pass", fit.reason);
  if (fit.verdict !== "too-small")
    return line("memory", title, fit.verdict === "tight" ? "warn" : "unknown", fit.reason);
  const other = fitInstances(question).find(({ verdict }) => verdict === "fits");
  return line(
    "memory",
    title,
    "block",
    fit.reason,
    other
      ? [{ kind: "patch", label: `Use ${other.instance.name}`, patch: { instanceType: other.instance.name } }]
      : [],
  );
}

function checkPrice(plan: Plan, { host }: AccountFacts): PreflightLine {
  const { instanceType, instanceCount, target } = plan;
  if (startsMachines(plan, host))
    return line(
      "price",
      "Price",
      "warn",
      "The endpoint's managed scaling starts machines, billed as its own.",
    );
  if (target.kind === "component") return line("price", "Price", "pass", "No new machine is started.");
  if (instanceType === "") return line("price", "Price", "unknown", "No instance type is chosen yet.");
  const price = findInstanceType(instanceType)?.pricePerHour ?? null;
  return price === null
    ? line("price", "Price", "unknown", `Nobody says what ${instanceType} costs an hour in us-east-1.`)
    : line(
        "price",
        "Price",
        "pass",
        `About $${(price * instanceCount).toFixed(2)} an hour at us-east-1's prices.`,
      );
}
