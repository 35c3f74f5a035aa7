import "server-only";
import {
  DescribeEndpointCommand,
  DescribeInferenceComponentCommand,
  paginateListInferenceComponents,
} from "@aws-sdk/client-sagemaker";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import type { AccountFacts } from "#lib/preflight/account-facts.ts";
import { sagemaker } from "./clients.ts";
import { endpointWatch } from "./endpoint-watch.ts";

const MAX_COMPONENTS = 100;

/**
 * The endpoint a component would go onto: its status, whether its variant serves a model of its own, and how many
 * accelerators its copies leave free, now and with what managed scaling may start. Null where it cannot be described.
 */
export async function readHost(endpointName: string, variantName: string): Promise<AccountFacts["host"]> {
  const read = await endpointWatch().describe(endpointName);
  if (!read.ok) return null;
  const { endpoint } = read.value.value;
  const place = { status: endpoint.status, variants: endpoint.variants.map(({ name }) => name) };
  const variant = endpoint.variants.find(({ name }) => name === variantName);
  if (!variant) return { ...place, hasModel: false, freeAccelerators: null, growth: null };
  const perInstance = findInstanceType(variant.instanceType ?? "")?.acceleratorCount ?? null;
  const used = await countUsed(endpointName, variantName);
  const free =
    perInstance === null || used === null || variant.currentInstances === null
      ? null
      : Math.max(0, perInstance * variant.currentInstances - used);
  return {
    ...place,
    hasModel: variant.modelName !== null,
    freeAccelerators: free,
    growth: perInstance === null ? null : await readGrowth(endpointName, variantName, perInstance),
  };
}

/** What managed scaling may still start; null where it is not enabled or cannot be read. */
async function readGrowth(endpointName: string, variantName: string, acceleratorsEach: number) {
  try {
    const { ProductionVariants = [] } = await sagemaker().send(
      new DescribeEndpointCommand({ EndpointName: endpointName }),
    );
    const variant = ProductionVariants.find(({ VariantName }) => VariantName === variantName);
    const scaling = variant?.ManagedInstanceScaling;
    if (scaling?.Status !== "ENABLED") return null;
    const machines = Math.max(0, (scaling.MaxInstanceCount ?? 0) - (variant?.CurrentInstanceCount ?? 0));
    return { machines, acceleratorsEach, minimum: scaling.MinInstanceCount ?? 1 };
  } catch {
    return null; // The endpoint was described a moment ago: without this the answer is only more careful.
  }
}

/** Accelerators that the copies of a variant's components hold; null where that cannot be read. */
async function countUsed(endpointName: string, variantName: string): Promise<number | null> {
  try {
    const names: string[] = [];
    const asked = { EndpointNameEquals: endpointName, VariantNameEquals: variantName };
    for await (const page of paginateListInferenceComponents({ client: sagemaker(), pageSize: 100 }, asked)) {
      names.push(...(page.InferenceComponents ?? []).flatMap((row) => row.InferenceComponentName ?? []));
      if (names.length > MAX_COMPONENTS) return null;
    }
    const described = await Promise.all(
      names.map((name) =>
        sagemaker().send(new DescribeInferenceComponentCommand({ InferenceComponentName: name })),
      ),
    );
    let used = 0;
    for (const { Specification, RuntimeConfig } of described) {
      const perCopy = Specification?.ComputeResourceRequirements?.NumberOfAcceleratorDevicesRequired ?? 0;
      used += perCopy * Math.max(RuntimeConfig?.DesiredCopyCount ?? 0, RuntimeConfig?.CurrentCopyCount ?? 0);
    }
    return used;
  } catch {
    return null; // Whoever may not list components is told that it is not known.
  }
}
