import { validationException } from "../aws-error.ts";
import { isJsonObject, type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { poolsOf } from "./fleet.ts";
import { requireModel } from "./models.ts";
import type { Scope } from "./scope.ts";

// What a variant that brings its own model may have and one for inference components may not.
const NEEDS_MODEL = ["ServerlessConfig"];
const NEEDS_INSTANCES = ["InstanceType", "InitialInstanceCount", "InstancePools", "ManagedInstanceScaling"];

/** Throws AWS's refusal for an endpoint configuration whose members do not go together. */
export function checkConfig(scope: Scope, input: JsonObject): void {
  const variants = objectsAt(input, "ProductionVariants");
  const shadows = objectsAt(input, "ShadowProductionVariants");
  checkNames([...variants, ...shadows]);
  const byComponents = variants.filter((variant) => stringAt(variant, "ModelName") === undefined);
  if (byComponents.length > 0) {
    checkComponentStyle(input, variants, byComponents);
  }
  if (shadows.length > 0) {
    checkShadows(input, variants, shadows);
  }
  for (const variant of [...variants, ...shadows]) {
    checkVariant(scope, variant);
  }
  checkAsync(input, variants);
}

function checkNames(variants: readonly JsonObject[]): void {
  const names = variants.map((variant) => stringAt(variant, "VariantName") ?? "");
  const doubled = names.find((name, index) => names.indexOf(name) < index);
  if (doubled !== undefined) {
    throw validationException(
      `Variant names must be unique within an endpoint configuration: variant name "${doubled}" was non-unique.`,
    );
  }
}

function checkComponentStyle(
  input: JsonObject,
  variants: readonly JsonObject[],
  without: readonly JsonObject[],
): void {
  if (without.length < variants.length) {
    throw validationException(
      "Either all production variants of an endpoint configuration have a ModelName, or none has.",
    );
  }
  if (stringAt(input, "ExecutionRoleArn") === undefined) {
    throw validationException(
      "ExecutionRoleArn must be specified for an endpoint configuration whose production variants have no ModelName.",
    );
  }
  const excess = NEEDS_MODEL.find((member) => without.some((variant) => variant[member] !== undefined));
  if (excess !== undefined) {
    throw validationException(`${excess} is not supported with the given EndpointConfig setup.`);
  }
  for (const member of ["AsyncInferenceConfig", "ExplainerConfig", "ShadowProductionVariants"]) {
    if (input[member] !== undefined) {
      throw validationException(`${member} is not supported with the given EndpointConfig setup.`);
    }
  }
}

function checkShadows(
  input: JsonObject,
  variants: readonly JsonObject[],
  shadows: readonly JsonObject[],
): void {
  if (shadows.length > 1 || variants.length > 1) {
    throw validationException(
      "An endpoint configuration with a shadow variant has exactly one production variant and one shadow variant.",
    );
  }
  if (input.AsyncInferenceConfig !== undefined || input.ExplainerConfig !== undefined) {
    throw validationException(
      "Shadow variants are not supported with AsyncInferenceConfig or ExplainerConfig.",
    );
  }
  if (shadows.some((shadow) => shadow.ServerlessConfig !== undefined)) {
    throw validationException("ServerlessConfig is not supported for shadow variants.");
  }
}

function checkVariant(scope: Scope, variant: JsonObject): void {
  const name = stringAt(variant, "VariantName") ?? "";
  const model = stringAt(variant, "ModelName");
  if (model !== undefined) requireModel(scope, model);
  if (isJsonObject(variant.ServerlessConfig)) {
    checkServerless(variant, variant.ServerlessConfig, name);
    return;
  }
  const pools = poolsOf(variant);
  if (pools.length > 0) {
    checkPools(scope, variant, pools, name);
  } else if (stringAt(variant, "InstanceType") === undefined) {
    throw validationException(
      `InstanceType and InitialInstanceCount must be specified for production variant "${name}".`,
    );
  }
  checkCount(scope, variant, name);
}

function checkServerless(variant: JsonObject, serverless: JsonObject, name: string): void {
  const excess = NEEDS_INSTANCES.find((member) => variant[member] !== undefined);
  if (excess !== undefined) {
    throw validationException(`${excess} cannot be specified for serverless production variant "${name}".`);
  }
  const memory = numberAt(serverless, "MemorySizeInMB") ?? 0;
  if (memory % 1024 !== 0) {
    throw validationException(
      `MemorySizeInMB of production variant "${name}" must be one of 1024, 2048, 3072, 4096, 5120, 6144.`,
    );
  }
  const most = numberAt(serverless, "MaxConcurrency") ?? 1;
  if ((numberAt(serverless, "ProvisionedConcurrency") ?? 0) > most) {
    throw validationException(
      `ProvisionedConcurrency of production variant "${name}" must be less than or equal to MaxConcurrency.`,
    );
  }
}

function checkPools(scope: Scope, variant: JsonObject, pools: readonly JsonObject[], name: string): void {
  if (variant.InstanceType !== undefined) {
    throw validationException(
      `Only one of InstanceType and InstancePools can be specified for production variant "${name}".`,
    );
  }
  const types = pools.map((pool) => stringAt(pool, "InstanceType") ?? "");
  const priorities = pools.map((pool) => numberAt(pool, "Priority") ?? 1);
  if (new Set(types).size < types.length || new Set(priorities).size < priorities.length) {
    throw validationException(
      `Instance types and priorities must be unique within the instance pools of production variant "${name}".`,
    );
  }
  for (const pool of pools) {
    const override = stringAt(pool, "ModelNameOverride");
    if (override !== undefined) requireModel(scope, override);
  }
}

function checkCount(scope: Scope, variant: JsonObject, name: string): void {
  const count = numberAt(variant, "InitialInstanceCount");
  const { ManagedInstanceScaling: scaling } = variant;
  if (isJsonObject(scaling)) {
    checkScaling(scope, variant, scaling, count);
  }
  if (count === undefined) {
    throw validationException(
      `InstanceType and InitialInstanceCount must be specified for production variant "${name}".`,
    );
  }
  const mayBeEmpty = isJsonObject(scaling) && scaling.MinInstanceCount === 0;
  if (count === 0 && !mayBeEmpty) {
    throw validationException(`InitialInstanceCount of production variant "${name}" must be greater than 0.`);
  }
}

function checkScaling(
  scope: Scope,
  variant: JsonObject,
  scaling: JsonObject,
  count: number | undefined,
): void {
  if (variant.ModelName !== undefined) {
    throw validationException("ManagedInstanceScaling is only supported for inference component endpoints.");
  }
  if (scaling.Status === "DISABLED") return;
  const least = numberAt(scaling, "MinInstanceCount") ?? 1;
  const most = numberAt(scaling, "MaxInstanceCount");
  if (least === 0 && scope.switches.noScaleToZero) {
    throw validationException(
      "Min instance count needs to be greater than 0 for enabled managed instance scaling",
    );
  }
  if (most !== undefined && (least > most || (count ?? 0) > most)) {
    throw validationException(
      "MaxInstanceCount must be greater than or equal to MinInstanceCount and InitialInstanceCount for enabled managed instance scaling",
    );
  }
}

function checkAsync(input: JsonObject, variants: readonly JsonObject[]): void {
  if (input.AsyncInferenceConfig === undefined) return;
  if (variants.some((variant) => variant.ServerlessConfig !== undefined)) {
    throw validationException("AsyncInferenceConfig is not supported for serverless production variants.");
  }
  if (input.ExplainerConfig !== undefined) {
    throw validationException("ExplainerConfig is not supported for asynchronous inference.");
  }
}
