import "server-only";
import { createHash } from "node:crypto";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  ProductionVariantInstanceType,
  type Tag,
} from "@aws-sdk/client-sagemaker";
import type { CreateEndpointInput } from "#lib/endpoint/create-endpoint-input.ts";
import { derivedName } from "#lib/endpoint/endpoint-name.ts";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure, isOwnRepeat, wasRefused } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { ownershipTags } from "./ownership-tags.ts";
import { type Patience, REAL_PATIENCE, retryUntilVisible } from "./retry-until-visible.ts";

/** Names of what was made, so that a person can find it in the AWS console. */
export type CreatedEndpoint = { name: string; modelName: string; configName: string };

type Undo = { what: string; run: () => Promise<unknown> };

const VARIANT_NAME = "AllTraffic";

/**
 * Makes a model, a configuration and an endpoint, and returns as soon as SageMaker has accepted the last: the
 * endpoint is then `Creating`. When a step fails, what this call made before it is deleted again; what could
 * not be deleted is named in the failure's hint. A name that is taken is a `conflict`.
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
  const plan: Plan = { derived, input, instanceType, tags: ownershipTags(name, input.tags) };
  const undos: Undo[] = [];
  try {
    if (await createModel(plan)) {
      undos.unshift({
        what: `model ${derived}`,
        run: () => sagemaker().send(new DeleteModelCommand({ ModelName: derived })),
      });
    }
    if (await createConfig(plan, patience)) {
      undos.unshift({
        what: `endpoint configuration ${derived}`,
        run: () => sagemaker().send(new DeleteEndpointConfigCommand({ EndpointConfigName: derived })),
      });
    }
    await retryUntilVisible(() => sendCreateEndpoint(plan), patience);
    return succeed({ name, modelName: derived, configName: derived });
  } catch (error) {
    const failure = awsFailure(error);
    return fail(wasRefused(error) ? await undoAll(undos, failure) : unsureFailure(name, failure));
  }
}

type Plan = {
  /** The name of both the model and the configuration. */
  derived: string;
  input: CreateEndpointInput;
  instanceType: ProductionVariantInstanceType;
  tags: Tag[];
};

function createModel({ derived, input, tags }: Plan): Promise<boolean> {
  const model = {
    ModelName: derived,
    ExecutionRoleArn: input.executionRoleArn,
    PrimaryContainer: {
      Image: input.image,
      Environment: input.environment,
      ...(input.modelDataUrl ? { ModelDataUrl: input.modelDataUrl } : {}),
    },
    Tags: tags,
  };
  return createUnlessThere(() => sagemaker().send(new CreateModelCommand(model)));
}

function createConfig({ derived, input, instanceType, tags }: Plan, patience: Patience): Promise<boolean> {
  const config = {
    EndpointConfigName: derived,
    ProductionVariants: [
      {
        VariantName: VARIANT_NAME,
        ModelName: derived,
        InstanceType: instanceType,
        InitialInstanceCount: input.instanceCount,
        InitialVariantWeight: 1,
        ContainerStartupHealthCheckTimeoutInSeconds: input.startupTimeoutSeconds,
        ModelDataDownloadTimeoutInSeconds: input.downloadTimeoutSeconds,
      },
    ],
    Tags: tags,
  };
  return createUnlessThere(() =>
    retryUntilVisible(() => sagemaker().send(new CreateEndpointConfigCommand(config)), patience),
  );
}

async function sendCreateEndpoint({ derived, input, tags }: Plan): Promise<void> {
  try {
    const endpoint = { EndpointName: input.endpointName, EndpointConfigName: derived, Tags: tags };
    await sagemaker().send(new CreateEndpointCommand(endpoint));
  } catch (error) {
    if (!isOwnRepeat(error)) throw error;
  }
}

/** True when this call made it. What has this very name has this very content: the name carries its digest. */
async function createUnlessThere(create: () => Promise<unknown>): Promise<boolean> {
  try {
    await create();
    return true;
  } catch (error) {
    if (isOwnRepeat(error)) return true;
    if (awsFailure(error).code === "conflict") return false;
    throw error;
  }
}

async function undoAll(undos: readonly Undo[], failure: Failure): Promise<Failure> {
  const left: string[] = [];
  for (const undo of undos) {
    try {
      await undo.run();
    } catch {
      left.push(undo.what); // Named to the person below; the first failure is the one that matters.
    }
  }
  if (left.length === 0) return failure;
  const remains = `Left behind and to be deleted in the AWS console: ${left.join(", ")}.`;
  return { ...failure, hint: failure.hint ? `${failure.hint} ${remains}` : remains };
}

/** Without an answer nobody knows whether SageMaker acted: taking parts away could break a live endpoint. */
function unsureFailure(name: string, failure: Failure): Failure {
  const check = `It may have been created all the same: look for ${name} in the list before trying again.`;
  return { ...failure, hint: failure.hint ? `${failure.hint} ${check}` : check };
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
