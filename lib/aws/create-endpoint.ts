import "server-only";
import { createHash } from "node:crypto";
import { ProductionVariantInstanceType } from "@aws-sdk/client-sagemaker";
import type { CreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { derivedName } from "#lib/endpoint/endpoint-name.ts";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { createResources, type ResourcesToCreate } from "./create-resources.ts";
import { ownershipTags } from "./ownership-tags.ts";
import { type Patience, REAL_PATIENCE } from "./retry-until-visible.ts";

/** Names of what was made, so that a person can find it in the AWS console. */
export type CreatedEndpoint = { name: string; modelName: string; configName: string };

const VARIANT_NAME = "AllTraffic";

/**
 * Makes a model, a configuration and an endpoint on one kind of instance, with the promises of
 * `createResources`. An instance type that SageMaker does not host on is refused before anything is made.
 */
export async function createEndpoint(
  input: CreateEndpointInput,
  patience: Patience = REAL_PATIENCE,
): Promise<Result<CreatedEndpoint>> {
  const instanceType = Object.values(ProductionVariantInstanceType).find(
    (type) => type === input.instanceType,
  );
  if (!instanceType) return fail(unknownInstanceType(input.instanceType));
  const name = input.endpointName;
  const derived = derivedName(name, digestOf(input));
  const created = await createResources(resourcesFor(input, derived, instanceType), { patience });
  return created.ok ? succeed({ name, modelName: derived, configName: derived }) : created;
}

function resourcesFor(
  input: CreateEndpointInput,
  derived: string,
  instanceType: ProductionVariantInstanceType,
): ResourcesToCreate {
  const tags = ownershipTags(input.endpointName, input.tags, input.expiresAt);
  const variant = {
    VariantName: VARIANT_NAME,
    ModelName: derived,
    InstanceType: instanceType,
    InitialInstanceCount: input.instanceCount,
    InitialVariantWeight: 1,
    ContainerStartupHealthCheckTimeoutInSeconds: input.startupTimeoutSeconds,
    ModelDataDownloadTimeoutInSeconds: input.downloadTimeoutSeconds,
  };
  return {
    model: {
      ModelName: derived,
      ExecutionRoleArn: input.executionRoleArn,
      PrimaryContainer: {
        Image: input.image,
        Environment: input.environment,
        ...(input.modelDataUrl ? { ModelDataUrl: input.modelDataUrl } : {}),
      },
      Tags: tags,
    },
    endpointConfig: { EndpointConfigName: derived, ProductionVariants: [variant], Tags: tags },
    endpoint: { EndpointName: input.endpointName, EndpointConfigName: derived, Tags: tags },
    component: null,
  };
}

function unknownInstanceType(type: string): Failure {
  return {
    code: "invalid",
    message: `SageMaker hosts no endpoints on "${type}".`,
    hint: "Choose an instance type from the list, such as ml.g5.xlarge.",
    field: "instanceType",
  };
}

/** Eight hexadecimal digits of what would be made, equal for equal wishes whatever the order of variables. */
function digestOf(input: CreateEndpointInput): string {
  const environment = Object.entries(input.environment).toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  const content = JSON.stringify([
    input.endpointName,
    input.image,
    environment,
    input.modelDataUrl,
    input.instanceType,
    input.instanceCount,
    input.executionRoleArn,
    input.startupTimeoutSeconds,
    input.downloadTimeoutSeconds,
    input.tags,
  ]);
  return createHash("sha256").update(content).digest("hex").slice(0, 8);
}
