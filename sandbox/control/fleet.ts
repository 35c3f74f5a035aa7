import { artifactSourceOf } from "../artifacts/artifacts.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { ConfigRecord, Fleet, VariantRecord } from "../state/records.ts";
import { containersOf, requireModel } from "./models.ts";
import type { Scope } from "./scope.ts";

/** The image and environment of a container, and what its model data holds. */
export type ContainerFacts = Pick<VariantRecord, "image" | "environment" | "artifacts">;

/** The machines a configuration asks for. Throws "Could not find model" where a model is gone since. */
export function fleetOf(scope: Scope, config: ConfigRecord): Fleet {
  const { ProductionVariants: _variants, ShadowProductionVariants: _shadows, ...rest } = config.input;
  return {
    configName: config.name,
    variants: variantsOf(scope, config.input, "ProductionVariants"),
    shadows: variantsOf(scope, config.input, "ShadowProductionVariants"),
    config: rest,
  };
}

/** A fleet for a configuration whose models are gone: it has the machines and nothing to run on them. */
export function fleetWithoutModels(config: ConfigRecord): Fleet {
  const variants = objectsAt(config.input, "ProductionVariants").map((variant) =>
    variantRecord(variant, { image: "", environment: {} }),
  );
  return { configName: config.name, variants, shadows: [], config: {} };
}

/** The first container of a model. Throws "Could not find model". */
export function containerOfModel(scope: Scope, modelName: string): ContainerFacts {
  return containerFacts(scope, containersOf(requireModel(scope, modelName).input)[0] ?? {});
}

/** Image, environment and model data of a container as a call gives it. */
export function containerFacts(scope: Scope, container: JsonObject): ContainerFacts {
  const environment = container.Environment;
  const source = artifactSourceOf(container);
  const artifacts = source === undefined ? undefined : scope.artifacts(source);
  return {
    image: stringAt(container, "Image") ?? "",
    environment: isJsonObject(environment) ? stringsOf(environment) : {},
    ...(artifacts === undefined ? {} : { artifacts }),
  };
}

/** The pools of a variant, most wanted first; none where the variant names one instance type. */
export function poolsOf(variant: JsonObject): JsonObject[] {
  return objectsAt(variant, "InstancePools").toSorted(
    (left, right) => (numberAt(left, "Priority") ?? 1) - (numberAt(right, "Priority") ?? 1),
  );
}

function variantsOf(scope: Scope, input: JsonObject, member: string): VariantRecord[] {
  return objectsAt(input, member).map((variant) => {
    const pool = poolsOf(variant).find(
      (candidate) => !scope.switches.noCapacity.includes(stringAt(candidate, "InstanceType") ?? ""),
    );
    const modelName = stringAt(pool ?? {}, "ModelNameOverride") ?? stringAt(variant, "ModelName");
    const facts = modelName === undefined ? containerFacts(scope, {}) : containerOfModel(scope, modelName);
    const placed = pool === undefined ? variant : { ...variant, InstanceType: pool.InstanceType ?? "" };
    return { ...variantRecord(placed, facts), modelName: modelName ?? "", input: variant };
  });
}

function variantRecord(variant: JsonObject, facts: ContainerFacts): VariantRecord {
  const firstPool = poolsOf(variant)[0];
  return {
    name: stringAt(variant, "VariantName") ?? "",
    modelName: stringAt(variant, "ModelName") ?? "",
    weight: numberAt(variant, "InitialVariantWeight") ?? 1,
    // A serverless variant has no instances.
    count: variant.ServerlessConfig === undefined ? (numberAt(variant, "InitialInstanceCount") ?? 1) : 0,
    instanceType: stringAt(variant, "InstanceType") ?? stringAt(firstPool ?? {}, "InstanceType") ?? "",
    ...facts,
    input: variant,
  };
}

function stringsOf(map: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );
}
