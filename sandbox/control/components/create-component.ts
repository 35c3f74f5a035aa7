import { validationException } from "../../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, stringAt } from "../../json.ts";
import { keepLines } from "../../logs/log-events.ts";
import type { ComponentRecord, ComponentSpec, EndpointRecord, VariantRecord } from "../../state/records.ts";
import { componentGroup } from "../../telemetry/log-groups.ts";
import { arnOf } from "../arns.ts";
import { requireEndpoint, requireSettled } from "../find-endpoint.ts";
import type { Scope } from "../scope.ts";
import { struckSpec } from "../struck.ts";
import { initialTags, tagWrite } from "../tags.ts";
import { phaseAt } from "../timeline.ts";
import { viewEndpoint } from "../view-endpoint.ts";
import { beginAdapter, beginCreation } from "./component-life.ts";
import { inputFor, needOf, readSpec } from "./component-spec.ts";
import { findComponent, requireComponent } from "./find-component.ts";
import { resourcesOf } from "./instance-facts.ts";
import { fits } from "./place-copies.ts";
import { replan } from "./replan.ts";

/** Starts the creation of an inference component; answers its ARN. Throws `ValidationException` to refuse. */
export function createInferenceComponent(scope: Scope, input: JsonObject): JsonObject {
  const name = stringAt(input, "InferenceComponentName") ?? "";
  const arn = arnOf("inference-component", scope.region, name);
  const taken = findComponent(scope, name);
  if (taken !== undefined) {
    throw validationException(`Cannot create already existing inference component "${taken.arn}".`);
  }
  const endpoint = requireEndpoint(scope, stringAt(input, "EndpointName") ?? "");
  requireSettled(scope, endpoint, "update");
  const asked = readSpec(scope, input);
  if (asked === undefined) {
    throw validationException("Specification or Specifications must be specified.");
  }
  const now = scope.clock.now();
  const common = {
    name,
    arn,
    endpointName: endpoint.name,
    endpointArn: endpoint.arn,
    createdAt: now,
    modifiedAt: now,
  };
  const baseName = stringAt(asked.inputs[0] ?? {}, "BaseInferenceComponentName");
  const record =
    baseName === undefined
      ? { ...common, ...baseParts(scope, endpoint, input, asked, name) }
      : { ...common, ...adapterParts(scope, endpoint, input, baseName), specs: [asked] };
  keepLines(scope, componentGroup(name));
  scope.store.commit([...replan(scope, endpoint, record), tagWrite(scope, arn, initialTags(input))]);
  return { InferenceComponentArn: arn };
}

type Parts = Pick<ComponentRecord, "variantName" | "desiredCopies" | "phases" | "baseName">;
type BaseParts = Parts & Pick<ComponentRecord, "specs">;

function baseParts(
  scope: Scope,
  endpoint: EndpointRecord,
  input: JsonObject,
  asked: ComponentSpec,
  name: string,
): BaseParts {
  const variant = requireVariant(scope, endpoint, input);
  requireFit(asked, variant);
  const runtime = isJsonObject(input.RuntimeConfig) ? input.RuntimeConfig : {};
  const copies = numberAt(runtime, "CopyCount") ?? 0;
  if (copies < 1) {
    throw validationException("Inference components copy count an integer larger than 0");
  }
  const spec = struckSpec(scope, { endpoint: endpoint.name, component: name }, asked);
  return {
    variantName: variant.name,
    desiredCopies: copies,
    specs: [spec],
    phases: beginCreation(scope, name, spec),
  };
}

function adapterParts(scope: Scope, endpoint: EndpointRecord, input: JsonObject, baseName: string): Parts {
  const base = requireComponent(scope, baseName);
  const { status } = phaseAt(base.phases, scope.clock.now());
  if (base.endpointName !== endpoint.name || base.baseName !== undefined) {
    throw validationException(
      `Inference component "${base.arn}" is not a base inference component of endpoint "${endpoint.arn}".`,
    );
  }
  if (status !== "InService") {
    throw validationException(`Base inference component "${base.arn}" is not in service.`);
  }
  if (input.RuntimeConfig !== undefined) {
    throw validationException(
      "RuntimeConfig cannot be specified for an inference component with a BaseInferenceComponentName.",
    );
  }
  return {
    variantName: base.variantName,
    baseName: base.name,
    desiredCopies: base.desiredCopies,
    phases: beginAdapter(scope, base.desiredCopies),
  };
}

function requireVariant(scope: Scope, endpoint: EndpointRecord, input: JsonObject): VariantRecord {
  const name = stringAt(input, "VariantName");
  const { variants, configName } = viewEndpoint(endpoint, scope.clock.now());
  if (name === undefined) {
    throw validationException("VariantName must be specified for a base inference component.");
  }
  const variant = variants.find((view) => view.variant.name === name)?.variant;
  if (variant === undefined) {
    throw validationException(
      `The variant name(s) "${name}" is/are not present within endpoint configuration "${configName}".`,
    );
  }
  if (variant.modelName !== "") {
    throw validationException(
      `Inference components are not supported for variant "${name}" of endpoint "${endpoint.arn}", which has a model of its own.`,
    );
  }
  return variant;
}

/** Throws where not even an empty instance could hold one copy: such a copy would wait for ever. */
export function requireFit(spec: ComponentSpec, variant: VariantRecord): void {
  const need = needOf(inputFor(spec, variant.instanceType));
  if (!fits(need, resourcesOf(variant.instanceType))) {
    throw validationException(
      `The compute resource requirements of the inference component exceed the resources of instance type ${variant.instanceType} of variant "${variant.name}".`,
    );
  }
}
