import { validationException } from "../aws-error.ts";
import { type JsonObject, stringAt } from "../json.ts";
import type { Scaled } from "./records.ts";

/** A SageMaker resource that can be scaled, read from its id. */
export type Scalable =
  | { readonly kind: "variant"; readonly endpoint: string; readonly variant: string }
  | { readonly kind: "component"; readonly component: string };

const VARIANT = /^endpoint\/([^/]+)\/variant\/([^/]+)$/;
const COMPONENT = /^inference-component\/([^/]+)$/;

/** The three dimensions of the namespace `sagemaker`, and the words activities use for what they count. */
export const DIMENSIONS = {
  "sagemaker:variant:DesiredInstanceCount": { kind: "variant", counts: "instance count" },
  "sagemaker:variant:DesiredProvisionedConcurrency": { kind: "variant", counts: "provisioned concurrency" },
  "sagemaker:inference-component:DesiredCopyCount": { kind: "component", counts: "copy count" },
} as const;

/** What a resource id names; undefined where it is none of SageMaker's. */
export function readResourceId(resourceId: string): Scalable | undefined {
  const variant = VARIANT.exec(resourceId);
  if (variant !== null) return { kind: "variant", endpoint: variant[1] ?? "", variant: variant[2] ?? "" };
  const component = COMPONENT.exec(resourceId);
  return component === null ? undefined : { kind: "component", component: component[1] ?? "" };
}

/** The key of a target in the store. */
export function keyOfTarget({ resourceId, dimension }: Scaled): string {
  return `${dimension}|${resourceId}`;
}

/** The resource and dimension of a call; throws `ValidationException` where they are none of SageMaker's. */
export function readScaled(input: JsonObject): Scaled {
  requireNamespace(input);
  const resourceId = stringAt(input, "ResourceId") ?? "";
  const dimension = stringAt(input, "ScalableDimension") ?? "";
  const known = Object.entries(DIMENSIONS).find(([name]) => name === dimension)?.[1];
  if (known === undefined) {
    throw validationException(
      `Unsupported service namespace, resource type or scalable dimension: ${dimension}`,
    );
  }
  if (readResourceId(resourceId)?.kind !== known.kind) {
    throw validationException(`Unsupported resource ID ${resourceId} for scalable dimension ${dimension}.`);
  }
  return { resourceId, dimension };
}

/** Throws for every namespace but SageMaker's: nothing else is here to be scaled. */
export function requireNamespace(input: JsonObject): void {
  if (stringAt(input, "ServiceNamespace") !== "sagemaker") {
    throw validationException(
      `Service namespace ${stringAt(input, "ServiceNamespace") ?? ""}: this sandbox scales sagemaker alone.`,
    );
  }
}

/** Whether a record belongs to the resource and dimension that a Describe call may name. */
export function matchesScaled(scaled: Scaled, input: JsonObject): boolean {
  const resource = stringAt(input, "ResourceId");
  const dimension = stringAt(input, "ScalableDimension");
  return (
    (resource === undefined || scaled.resourceId === resource) &&
    (dimension === undefined || scaled.dimension === dimension)
  );
}
