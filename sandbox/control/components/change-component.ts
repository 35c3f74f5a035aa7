import { validationException } from "../../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, stringAt } from "../../json.ts";
import { keepLines } from "../../logs/log-events.ts";
import type { ComponentPhase, ComponentRecord, EndpointRecord } from "../../state/records.ts";
import { componentGroup } from "../../telemetry/log-groups.ts";
import { requireEndpoint, requireSettled } from "../find-endpoint.ts";
import type { Scope } from "../scope.ts";
import { struckSpec } from "../struck.ts";
import { tagWrite } from "../tags.ts";
import { phaseAt } from "../timeline.ts";
import { viewEndpoint } from "../view-endpoint.ts";
import { beginDeletion, beginReplacement, beginScaling } from "./component-life.ts";
import { readSpec, specAt } from "./component-spec.ts";
import { requireFit } from "./create-component.ts";
import { componentsOf, requireComponent } from "./find-component.ts";
import { replan } from "./replan.ts";

/** Starts to give a component another specification, another number of copies, or both; answers the ARN. */
export function updateInferenceComponent(scope: Scope, input: JsonObject): JsonObject {
  const { component, endpoint } = requireChangeable(scope, input);
  const asked = readSpec(scope, input);
  const desired = copiesIn(input.RuntimeConfig) ?? component.desiredCopies;
  if (asked === undefined) {
    return scaleTo(scope, component, endpoint, desired);
  }
  const isAdapter = stringAt(asked.inputs[0] ?? {}, "BaseInferenceComponentName") !== undefined;
  if (isAdapter !== (component.baseName !== undefined)) {
    throw validationException("A base inference component and an adapter cannot become each other.");
  }
  const variant = viewEndpoint(endpoint, scope.clock.now()).variants.find(
    (view) => view.variant.name === component.variantName,
  )?.variant;
  if (variant !== undefined && !isAdapter) requireFit(asked, variant);
  const deployment = isJsonObject(input.DeploymentConfig) ? input.DeploymentConfig : undefined;
  const place = { endpoint: endpoint.name, component: component.name };
  const spec = isAdapter ? asked : struckSpec(scope, place, asked);
  const serving = specAt(component, phaseAt(component.phases, scope.clock.now()).serves);
  const record: ComponentRecord = {
    ...component,
    modifiedAt: scope.clock.now(),
    desiredCopies: desired,
    specs: [serving, spec],
    phases: beginReplacement(scope, component, spec, desired, batchesOf(deployment, component)),
    ...(deployment === undefined ? {} : { lastDeployment: deployment }),
  };
  keepLines(scope, componentGroup(component.name));
  scope.store.commit(replan(scope, endpoint, record));
  return { InferenceComponentArn: component.arn };
}

/** Starts to move a component to another number of copies, none included; answers the ARN. */
export function updateInferenceComponentRuntimeConfig(scope: Scope, input: JsonObject): JsonObject {
  const { component, endpoint } = requireChangeable(scope, input);
  const desired = copiesIn(input.DesiredRuntimeConfig) ?? component.desiredCopies;
  return scaleTo(scope, component, endpoint, desired);
}

/** Starts the deletion of a component that no adapter needs. */
export function deleteInferenceComponent(scope: Scope, input: JsonObject): undefined {
  const component = requireComponent(scope, stringAt(input, "InferenceComponentName") ?? "");
  if (phaseAt(component.phases, scope.clock.now()).status === "Deleting") {
    throw inProgress(component);
  }
  const adapter = componentsOf(scope, component.endpointName).find(
    (other) => other.baseName === component.name,
  );
  if (adapter !== undefined) {
    throw validationException(
      `Inference component "${component.arn}" is a base inference component for one or more associated adapter inference components. Please delete those first.`,
    );
  }
  const endpoint = requireEndpoint(scope, component.endpointName);
  const record = changed(scope, component, beginDeletion(scope, component));
  keepLines(scope, componentGroup(component.name));
  scope.store.commit([
    // What it still waits for is not wanted any more, what it has stays until it is gone.
    ...replan(scope, endpoint, { ...record, desiredCopies: record.phases[0]?.copies ?? 0 }),
    tagWrite(scope, component.arn, null),
  ]);
}

function scaleTo(
  scope: Scope,
  component: ComponentRecord,
  endpoint: EndpointRecord,
  desired: number,
): JsonObject {
  if (component.baseName !== undefined) {
    throw validationException(
      `The copy count of inference component "${component.arn}" is that of its base inference component.`,
    );
  }
  const phases = beginScaling(scope, component, desired);
  keepLines(scope, componentGroup(component.name));
  scope.store.commit(
    replan(scope, endpoint, { ...changed(scope, component, phases), desiredCopies: desired }),
  );
  return { InferenceComponentArn: component.arn };
}

function changed(scope: Scope, component: ComponentRecord, phases: ComponentPhase[]): ComponentRecord {
  return { ...component, modifiedAt: scope.clock.now(), phases };
}

function requireChangeable(
  scope: Scope,
  input: JsonObject,
): { component: ComponentRecord; endpoint: EndpointRecord } {
  const component = requireComponent(scope, stringAt(input, "InferenceComponentName") ?? "");
  const { status } = phaseAt(component.phases, scope.clock.now());
  if (status === "Failed") {
    throw validationException(
      `Cannot update inference component "${component.arn}" in status Failed: it can only be deleted.`,
    );
  }
  if (status !== "InService") {
    throw inProgress(component);
  }
  const endpoint = requireEndpoint(scope, component.endpointName);
  requireSettled(scope, endpoint, "update");
  return { component, endpoint };
}

function inProgress(component: ComponentRecord) {
  return validationException(`Cannot update in-progress inference component "${component.arn}".`);
}

function copiesIn(runtime: JsonObject[string] | undefined): number | undefined {
  return isJsonObject(runtime) ? numberAt(runtime, "CopyCount") : undefined;
}

/** How many batches a rolling update takes, and how long it watches each; all at once where no policy is given. */
function batchesOf(
  deployment: JsonObject | undefined,
  component: ComponentRecord,
): { count: number; waitSeconds: number } {
  const policy = deployment?.RollingUpdatePolicy;
  const size = isJsonObject(policy) ? policy.MaximumBatchSize : undefined;
  if (!isJsonObject(policy) || !isJsonObject(size)) return { count: 1, waitSeconds: 0 };
  const value = numberAt(size, "Value") ?? 1;
  const copies = Math.max(1, component.desiredCopies);
  const batch = size.Type === "COPY_COUNT" ? value : Math.max(1, Math.floor((copies * value) / 100));
  return {
    count: Math.ceil(copies / batch),
    waitSeconds: numberAt(policy, "WaitIntervalInSeconds") ?? 0,
  };
}
