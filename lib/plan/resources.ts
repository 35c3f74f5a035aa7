import { derivedName } from "#lib/endpoint/endpoint-name.ts";
import { type Result, succeed } from "#lib/failure.ts";
import { imageUri } from "#lib/lmi/image-uri.ts";
import { renderEnvironment } from "#lib/options/environment.ts";
import { parseProperties } from "#lib/options/parse-properties.ts";
import { archiveKey, digestOf, packModel } from "#lib/package/model-archive.ts";
import type { Plan } from "./plan.ts";

type Tag = { Key: string; Value: string };

/** What is created, in the shapes of SageMaker's own API, so that every export says the same. */
export type Resources = {
  region: string;
  /** Null where variables carry the configuration. */
  archive: { bucket: string; key: string; bytes: Uint8Array<ArrayBuffer> } | null;
  model: {
    ModelName: string;
    ExecutionRoleArn: string;
    PrimaryContainer: { Image: string; Environment?: Record<string, string>; ModelDataUrl?: string };
    Tags: Tag[];
  };
  /** Null where a component goes onto an endpoint that is there. */
  endpointConfig: {
    EndpointConfigName: string;
    ProductionVariants: {
      VariantName: string;
      ModelName: string;
      InstanceType: string;
      InitialInstanceCount: number;
      InitialVariantWeight: number;
      ContainerStartupHealthCheckTimeoutInSeconds: number;
      ModelDataDownloadTimeoutInSeconds: number;
    }[];
    Tags: Tag[];
  } | null;
  endpoint: { EndpointName: string; EndpointConfigName: string; Tags: Tag[] } | null;
  component: {
    InferenceComponentName: string;
    EndpointName: string;
    VariantName: string;
    Specification: {
      ModelName: string;
      StartupParameters: {
        ModelDataDownloadTimeoutInSeconds: number;
        ContainerStartupHealthCheckTimeoutInSeconds: number;
      };
      ComputeResourceRequirements: {
        NumberOfAcceleratorDevicesRequired: number;
        MinMemoryRequiredInMb: number;
      };
    };
    RuntimeConfig: { CopyCount: number };
    Tags: Tag[];
  } | null;
};

/**
 * SHA-256 in hexadecimal: `archive` is that of the bytes, null where variables carry the configuration, and `wish`
 * that of everything that is created. Names carry the beginning of the latter, since models and configurations
 * cannot be changed.
 */
export type PlanDigests = { archive: string | null; wish: string };

/** The digests of a plan. Equal wishes have equal ones, whatever the order of their variables. */
export async function digestPlan(plan: Plan): Promise<PlanDigests> {
  const archive = plan.carrier === "archive" ? await digestOf(packPlan(plan)) : null;
  const { instanceType, instanceCount, startupTimeoutSeconds, downloadTimeoutSeconds, target } = plan;
  const content = [
    [plan.framework, plan.lmiVersion, plan.imageTag, plan.region],
    Object.entries(environmentOf(plan)).toSorted(([left], [right]) => (left < right ? -1 : 1)),
    archive && [plan.bucket, plan.keyPrefix, archive],
    [instanceType, instanceCount, startupTimeoutSeconds, downloadTimeoutSeconds, plan.executionRoleArn],
    [plan.endpointName, target, plan.tags],
  ];
  return { archive, wish: await digestOf(new TextEncoder().encode(JSON.stringify(content))) };
}

/**
 * Everything a plan creates. `tags` are added to the plan's own. Fails where the region has no such image.
 */
export function resourcesOf(
  plan: Plan,
  { digests, tags }: { digests: PlanDigests; tags: readonly Tag[] },
): Result<Resources> {
  const image = imageUri({
    framework: plan.framework,
    version: plan.lmiVersion,
    region: plan.region,
    ...(plan.imageTag ? { tag: plan.imageTag } : {}),
  });
  if (!image.ok) return image;
  const owner = plan.target.kind === "component" ? plan.target.componentName : plan.endpointName;
  const derived = derivedName(owner, digests.wish.slice(0, 8));
  const all = [...plan.tags.map(({ key, value }) => ({ Key: key, Value: value })), ...tags];
  const archive = archiveOf(plan, digests.archive);
  const environment = environmentOf(plan);
  const model = {
    ModelName: derived,
    ExecutionRoleArn: plan.executionRoleArn,
    PrimaryContainer: {
      Image: image.value,
      ...(Object.keys(environment).length > 0 ? { Environment: environment } : {}),
      ...(archive ? { ModelDataUrl: `s3://${archive.bucket}/${archive.key}` } : {}),
    },
    Tags: all,
  };
  return succeed({ region: plan.region, archive, model, ...hostOf(plan, derived, all) });
}

/** Variables of the container: the person's own, and the options where no archive carries them. */
function environmentOf(plan: Plan): Record<string, string> {
  if (plan.carrier === "archive") return plan.environment;
  return {
    ...plan.environment,
    ...renderEnvironment(parseProperties(plan.properties), plan.lmiVersion).environment,
  };
}

/** The bytes of the plan's archive. */
export function packPlan(plan: Plan): Uint8Array<ArrayBuffer> {
  const { properties, modelPy, requirements } = plan;
  return packModel({ properties, modelPy, requirements });
}

function archiveOf(plan: Plan, digest: string | null): Resources["archive"] {
  if (plan.carrier !== "archive" || digest === null) return null;
  return { bucket: plan.bucket, key: archiveKey(plan.keyPrefix, digest), bytes: packPlan(plan) };
}

function hostOf(
  plan: Plan,
  derived: string,
  tags: Tag[],
): Pick<Resources, "endpointConfig" | "endpoint" | "component"> {
  const timeouts = {
    ContainerStartupHealthCheckTimeoutInSeconds: plan.startupTimeoutSeconds,
    ModelDataDownloadTimeoutInSeconds: plan.downloadTimeoutSeconds,
  };
  if (plan.target.kind === "component") {
    const { componentName, variantName, copies, accelerators, memoryMb } = plan.target;
    return {
      endpointConfig: null,
      endpoint: null,
      component: {
        InferenceComponentName: componentName,
        EndpointName: plan.endpointName,
        VariantName: variantName,
        Specification: {
          ModelName: derived,
          StartupParameters: timeouts,
          ComputeResourceRequirements: {
            NumberOfAcceleratorDevicesRequired: accelerators,
            MinMemoryRequiredInMb: memoryMb,
          },
        },
        RuntimeConfig: { CopyCount: copies },
        Tags: tags,
      },
    };
  }
  const variant = {
    VariantName: "AllTraffic",
    ModelName: derived,
    InstanceType: plan.instanceType,
    InitialInstanceCount: plan.instanceCount,
    InitialVariantWeight: 1,
    ...timeouts,
  };
  return {
    endpointConfig: { EndpointConfigName: derived, ProductionVariants: [variant], Tags: tags },
    endpoint: { EndpointName: plan.endpointName, EndpointConfigName: derived, Tags: tags },
    component: null,
  };
}
