import "server-only";
import {
  DescribeEndpointConfigCommand,
  type DescribeEndpointOutput,
  type ProductionVariant,
  type ProductionVariantSummary,
} from "@aws-sdk/client-sagemaker";
import type { Variant } from "#lib/endpoint/endpoint.ts";
import type { WireFacts } from "#lib/lmi/container-facts.ts";
import { isNotFound } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { type DescribedContainer, describeModelContainer } from "./describe-container.ts";
import { remember } from "./remember.ts";

export type DescribedVariant = { variant: Variant; wire: WireFacts | null };
type Configured = { configured: ProductionVariant; described: DescribedContainer | null };

/** Far more than one account's endpoints; an entry is a few hundred bytes. */
const rememberConfig = remember<Configured[]>(1_000);

/**
 * An endpoint's variants: what its configuration asks for joined with what runs. Configurations and models are
 * immutable, so they are read once; the key carries the endpoint's dates because a name can be used again.
 */
export async function describeVariants(endpoint: DescribeEndpointOutput): Promise<DescribedVariant[]> {
  const running = endpoint.ProductionVariants ?? endpoint.PendingDeploymentSummary?.ProductionVariants ?? [];
  const configured = await readConfigured(endpoint);
  const names = new Set([
    ...configured.map((entry) => entry.configured.VariantName ?? ""),
    ...running.map((variant) => variant.VariantName ?? ""),
  ]);
  return [...names].filter(Boolean).map((name) => {
    const wish = configured.find((entry) => entry.configured.VariantName === name);
    const summary = running.find((variant) => variant.VariantName === name);
    return { variant: joinVariant(name, wish, summary), wire: wish?.described?.wire ?? null };
  });
}

async function readConfigured(endpoint: DescribeEndpointOutput): Promise<Configured[]> {
  const configName = endpoint.EndpointConfigName;
  if (!configName) return [];
  const key = [
    endpoint.EndpointArn,
    endpoint.CreationTime?.getTime(),
    endpoint.LastModifiedTime?.getTime(),
    configName,
  ].join("|");
  try {
    return await rememberConfig(key, () => readConfig(configName));
  } catch (error) {
    // Deleting the configuration of a live endpoint is allowed on AWS: the endpoint itself is still there.
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function readConfig(configName: string): Promise<Configured[]> {
  const config = await sagemaker().send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: configName }),
  );
  return Promise.all(
    (config.ProductionVariants ?? []).map(async (configured) => ({
      configured,
      described: configured.ModelName ? await readModel(configured.ModelName) : null,
    })),
  );
}

async function readModel(modelName: string): Promise<DescribedContainer | null> {
  try {
    return await describeModelContainer(modelName);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function joinVariant(
  name: string,
  wish: Configured | undefined,
  summary:
    | Pick<
        ProductionVariantSummary,
        "CurrentInstanceCount" | "DesiredInstanceCount" | "CurrentWeight" | "VariantStatus"
      >
    | undefined,
): Variant {
  const phase = summary?.VariantStatus?.[0];
  return {
    name,
    modelName: wish?.configured.ModelName ?? null,
    instanceType: wish?.configured.InstanceType ?? null,
    currentInstances: summary?.CurrentInstanceCount ?? null,
    desiredInstances: summary?.DesiredInstanceCount ?? wish?.configured.InitialInstanceCount ?? null,
    currentWeight: summary?.CurrentWeight ?? null,
    phase: phase?.Status
      ? {
          status: phase.Status,
          message: phase.StatusMessage ?? null,
          startedAt: phase.StartTime?.getTime() ?? null,
        }
      : null,
    container: wish?.described?.container ?? null,
  };
}
