import { isJsonObject, type JsonObject, stringAt } from "../../json.ts";
import type { ComponentRecord } from "../../state/records.ts";
import { deployedImage } from "../describe-variant.ts";
import { findEndpoint } from "../find-endpoint.ts";
import { listPage } from "../list-page.ts";
import { listedComponents } from "../listed-resources.ts";
import { epochSeconds, type Scope } from "../scope.ts";
import { phaseAt } from "../timeline.ts";
import { viewEndpoint } from "../view-endpoint.ts";
import { specAt } from "./component-spec.ts";
import { findComponent, requireComponent } from "./find-component.ts";

/** The component as it is at this moment, shaped as AWS answers. */
export function describeInferenceComponent(scope: Scope, input: JsonObject): JsonObject {
  const component = requireComponent(scope, stringAt(input, "InferenceComponentName") ?? "");
  const phase = phaseAt(component.phases, scope.clock.now());
  const spec = specAt(component, phase.serves);
  const summaries = spec.inputs.map((entry) => summaryOf(entry, component));
  return {
    InferenceComponentName: component.name,
    InferenceComponentArn: component.arn,
    EndpointName: component.endpointName,
    EndpointArn: component.endpointArn,
    VariantName: component.variantName,
    ...(phase.failureReason === undefined ? {} : { FailureReason: phase.failureReason }),
    ...(spec.several ? { Specifications: summaries } : { Specification: summaries[0] ?? {} }),
    RuntimeConfig: runtimeOf(scope, component),
    CreationTime: epochSeconds(component.createdAt),
    LastModifiedTime: epochSeconds(Math.max(component.modifiedAt, phase.at)),
    InferenceComponentStatus: phase.status,
    ...(component.lastDeployment === undefined ? {} : { LastDeploymentConfig: component.lastDeployment }),
  };
}

/** A page of components, newest first unless asked otherwise. */
export function listInferenceComponents(scope: Scope, input: JsonObject): JsonObject {
  const endpoint = stringAt(input, "EndpointNameEquals");
  const variant = stringAt(input, "VariantNameEquals");
  const page = listPage(
    {
      name: `ListInferenceComponents/${scope.region}`,
      inOrder: listedComponents(scope),
      secret: scope.store.secret(),
      emptyPages: scope.switches.emptyPages,
      isAmong: ({ component }) =>
        (endpoint === undefined || component.endpointName === endpoint) &&
        (variant === undefined || component.variantName === variant),
    },
    input,
  );
  return {
    InferenceComponents: page.items.map(({ component, status, modifiedAt }) => ({
      CreationTime: epochSeconds(component.createdAt),
      InferenceComponentArn: component.arn,
      InferenceComponentName: component.name,
      EndpointArn: component.endpointArn,
      EndpointName: component.endpointName,
      VariantName: component.variantName,
      InferenceComponentStatus: status,
      LastModifiedTime: epochSeconds(modifiedAt),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** The copies of a component that answer prompts now; an adapter has those of its base. */
export function copiesNow(scope: Scope, component: ComponentRecord): number {
  const own = phaseAt(component.phases, scope.clock.now());
  const base = component.baseName === undefined ? undefined : findComponent(scope, component.baseName);
  if (base === undefined || own.status === "Creating") return own.copies;
  return phaseAt(base.phases, scope.clock.now()).copies;
}

function runtimeOf(scope: Scope, component: ComponentRecord): JsonObject {
  const current = copiesNow(scope, component);
  const base = component.baseName === undefined ? component : findComponent(scope, component.baseName);
  const { status } = phaseAt(component.phases, scope.clock.now());
  const endpoint = findEndpoint(scope, component.endpointName);
  const variants = endpoint === undefined ? [] : viewEndpoint(endpoint, scope.clock.now()).variants;
  const type = variants.find((view) => view.variant.name === component.variantName)?.variant.instanceType;
  return {
    DesiredCopyCount: status === "Deleting" ? 0 : (base?.desiredCopies ?? 0),
    CurrentCopyCount: current,
    ...(type === undefined || current === 0
      ? {}
      : { PlacementStatus: [{ InstanceType: type, CurrentCopyCount: current }] }),
  };
}

function summaryOf(input: JsonObject, component: ComponentRecord): JsonObject {
  const { Container: container, ...rest } = input;
  if (!isJsonObject(container)) return rest;
  const { Image: image, ContainerMetricsConfig: _metrics, ...others } = container;
  return {
    ...rest,
    Container: {
      ...(typeof image === "string" ? { DeployedImage: deployedImage(image, component.createdAt) } : {}),
      ...others,
    },
  };
}
