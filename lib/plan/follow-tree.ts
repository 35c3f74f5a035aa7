import { type Choice, chooseBackend } from "#lib/choose/choose-backend.ts";
import { type DerivedAnswers, deriveAnswers } from "#lib/choose/derive-answers.ts";
import { startProperties } from "#lib/choose/start-properties.ts";
import type { Result } from "#lib/failure.ts";
import { setProperty, writeProperties } from "#lib/options/change-properties.ts";
import { parseEnvironment } from "#lib/options/environment.ts";
import { parseProperties, readProperties, renderProperties } from "#lib/options/parse-properties.ts";
import type { Plan } from "./plan.ts";

/** Where the tree leads a plan, and from what each answer was taken. Answers by hand win over derived ones. */
export function choiceOf(plan: Plan): { derived: DerivedAnswers; choice: Result<Choice> } {
  const { eraId, lmiVersion, wish, architecture, answers } = plan;
  const derived = deriveAnswers(eraId, lmiVersion, { ...wish, architecture });
  const choice = chooseBackend({ eraId, version: lmiVersion, answers: { ...derived.answers, ...answers } });
  return { derived, choice };
}

/**
 * A changed plan, carried to the back end that the tree now leads to. A configuration that was edited by hand is
 * kept as it is; one that still is the starter of before becomes the starter of the new back end.
 */
export function followTree(plan: Plan, patch: Partial<Plan>): Plan {
  const changed = withModel(plan, { ...plan, ...patch });
  const { choice } = choiceOf(changed);
  if (!choice.ok) return changed;
  return moveTo(changed, choice.value, isStarter(plan));
}

/** The plan on another back end or version, with that one's starter where nothing was written by hand. */
export function withBackend(plan: Plan, container: Container): Plan {
  return moveTo(plan, container, isStarter(plan));
}

type Container = Pick<Choice, "backend" | "framework" | "version">;

function moveTo(plan: Plan, { backend, framework, version }: Container, beginsAnew: boolean): Plan {
  const isSame = plan.framework === framework && plan.lmiVersion === version;
  const imageTag = isSame ? plan.imageTag : null;
  const next = { ...plan, backend, framework, lmiVersion: version, imageTag };
  return beginsAnew ? { ...next, properties: starterText(next) } : next;
}

/** Whether nobody has changed the configuration since it was begun. */
function isStarter(plan: Plan): boolean {
  return plan.properties.trim() === "" || plan.properties === starterText(plan);
}

/** The guide's starter for a plan's back end and version, with the plan's model. */
export function starterText(plan: Plan): string {
  const { backend, lmiVersion, modelId } = plan;
  // Of vLLM's two ways the tree means the async one wherever a version has it.
  const start = startProperties(backend, lmiVersion, true) ?? startProperties(backend, lmiVersion);
  const written = start?.properties ?? {};
  const isVariable = (name: string) => /^[A-Z_]+$/.test(name);
  const entries = Object.entries(written);
  // The current guide prints its starter as variables.
  const variables = Object.fromEntries(entries.filter(([name]) => isVariable(name)));
  const properties = {
    ...Object.fromEntries(entries.filter(([name]) => !isVariable(name))),
    ...parseEnvironment(variables, lmiVersion).properties,
  };
  const { "option.model_id": _placeholder, engine, ...options } = properties;
  return writeProperties({
    ...(engine === undefined ? {} : { engine }),
    ...(modelId === "" ? {} : { "option.model_id": modelId }),
    ...(backend === "vllm" ? { "option.tensor_parallel_degree": "max" } : {}),
    ...options,
    // Without it 0.26 answers in the format that streams no details.
    ...(lmiVersion === "0.26.0" && options["option.rolling_batch"] !== undefined
      ? { "option.output_formatter": "jsonlines" }
      : {}),
  });
}

/** A name that SageMaker takes, made from a model's id; empty for an empty id. */
export function suggestName(modelId: string): string {
  const last = modelId.replace(/\/+$/, "").split("/").at(-1) ?? "";
  const words = last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return words.slice(0, 50).replace(/-+$/, "");
}

/** Another model brings its id into the configuration, and its name to an endpoint that has none of its own. */
function withModel(before: Plan, after: Plan): Plan {
  if (before.modelId === after.modelId) return after;
  const file = parseProperties(after.properties);
  const isNamed = readProperties(file)["option.model_id"] === before.modelId && before.modelId !== "";
  const isSuggested = after.endpointName === suggestName(before.modelId);
  return {
    ...after,
    ...(isNamed ? { properties: renderProperties(setProperty(file, "option.model_id", after.modelId)) } : {}),
    ...(isSuggested ? { endpointName: suggestName(after.modelId) } : {}),
  };
}
