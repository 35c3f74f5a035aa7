import { validationException } from "../../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../../json.ts";
import type { ComponentRecord, ComponentSpec } from "../../state/records.ts";
import { containerFacts, containerOfModel } from "../fleet.ts";
import type { Scope } from "../scope.ts";
import type { Resources } from "./instance-facts.ts";

/** The specification a call gives, checked for what goes together; undefined where it gives none. */
export function readSpec(scope: Scope, input: JsonObject): ComponentSpec | undefined {
  const single = isJsonObject(input.Specification) ? [input.Specification] : [];
  const several = objectsAt(input, "Specifications");
  if (single.length > 0 && several.length > 0) {
    throw validationException("Only one of Specification and Specifications can be specified.");
  }
  const inputs = [...single, ...several];
  const [first] = inputs;
  if (first === undefined) return undefined;
  checkTypes(several);
  for (const spec of inputs) checkSpec(spec);
  const facts = factsOf(scope, first);
  // Models may differ by instance type; all of them must exist.
  for (const spec of inputs.slice(1)) factsOf(scope, spec);
  return { ...facts, inputs, several: several.length > 0 };
}

/** The entry of a specification that holds for an instance type. */
export function inputFor(spec: ComponentSpec, instanceType: string): JsonObject {
  return spec.inputs.find((input) => input.InstanceType === instanceType) ?? spec.inputs[0] ?? {};
}

/** What one copy takes of an instance. */
export function needOf(spec: JsonObject): Resources {
  const asked = spec.ComputeResourceRequirements;
  const compute = isJsonObject(asked) ? asked : {};
  return {
    accelerators: numberAt(compute, "NumberOfAcceleratorDevicesRequired") ?? 0,
    cpus: numberAt(compute, "NumberOfCpuCoresRequired") ?? 0,
    memoryMb: numberAt(compute, "MinMemoryRequiredInMb") ?? 0,
  };
}

/** The specification that answers prompts, or the newest where `which` is an index past the end. */
export function specAt(component: ComponentRecord, which: number): ComponentSpec {
  const spec = component.specs[which] ?? component.specs.at(-1);
  if (spec === undefined) {
    throw new Error(`the inference component ${component.name} has no specification`);
  }
  return spec;
}

function checkTypes(several: readonly JsonObject[]): void {
  const types = several.map((spec) => stringAt(spec, "InstanceType"));
  if (types.includes(undefined)) {
    throw validationException("InstanceType must be specified for each entry of Specifications.");
  }
  if (new Set(types).size < types.length) {
    throw validationException("Instance types must be unique within Specifications.");
  }
}

function checkSpec(spec: JsonObject): void {
  const container = isJsonObject(spec.Container) ? spec.Container : undefined;
  const base = stringAt(spec, "BaseInferenceComponentName");
  const compute = spec.ComputeResourceRequirements;
  if (base !== undefined) {
    if (compute !== undefined || spec.ModelName !== undefined) {
      throw validationException(
        "ComputeResourceRequirements and ModelName cannot be specified for an inference component with a BaseInferenceComponentName.",
      );
    }
    if (container === undefined || stringAt(container, "ArtifactUrl") === undefined) {
      throw validationException(
        "Container.ArtifactUrl must be specified for an inference component with a BaseInferenceComponentName.",
      );
    }
    return;
  }
  if ((spec.ModelName === undefined) === (container === undefined)) {
    throw validationException(
      "Exactly one of ModelName and Container must be specified in the specification of an inference component.",
    );
  }
  if (container !== undefined && !stringAt(container, "Image")) {
    throw validationException("Image must be specified for the container of an inference component.");
  }
  if (!isJsonObject(compute)) {
    throw validationException(
      "ComputeResourceRequirements must be specified in the specification of an inference component.",
    );
  }
  const most = numberAt(compute, "MaxMemoryRequiredInMb");
  if (most !== undefined && most < (numberAt(compute, "MinMemoryRequiredInMb") ?? 0)) {
    throw validationException(
      "MaxMemoryRequiredInMb must be greater than or equal to MinMemoryRequiredInMb.",
    );
  }
}

function factsOf(scope: Scope, spec: JsonObject) {
  const model = stringAt(spec, "ModelName");
  return model === undefined
    ? containerFacts(scope, isJsonObject(spec.Container) ? spec.Container : {})
    : containerOfModel(scope, model);
}
