import { derivedName } from "#lib/endpoint/endpoint-name.ts";
import { type Result, succeed } from "#lib/failure.ts";
import { imageUri } from "#lib/lmi/image-uri.ts";
import { renderEnvironment } from "#lib/options/environment.ts";
import { parseProperties } from "#lib/options/parse-properties.ts";
import { archiveKey, packModel } from "#lib/package/model-archive.ts";
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
 * Everything a plan creates. `digest` is that of the plan's archive or of its text (hexadecimal, at least eight
 * digits); names carry its beginning, since models and configurations cannot be changed. `tags` are added to the
 * plan's own. Fails where the region has no such image.
 */
export function resourcesOf(
  plan: Plan,
  { digest, tags }: { digest: string; tags: readonly Tag[] },
): Result<Resources> {
  const image = imageUri({
    framework: plan.framework,
    version: plan.lmiVersion,
    region: plan.region,
    ...(plan.imageTag ? { tag: plan.imageTag } : {}),
  });
  if (!image.ok) return image;
  const owner = plan.target.kind === "component" ? plan.target.componentName : plan.endpointName;
  const derived = derivedName(owner, digest.slice(0, 8));
  const all = [...plan.tags.map(({ key, value }) => ({ Key: key, Value: value })), ...tags];
  const archive = archiveOf(plan, digest);
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

function archiveOf(plan: Plan, digest: string): Resources["archive"] {
  if (plan.carrier !== "archive") return null;
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
