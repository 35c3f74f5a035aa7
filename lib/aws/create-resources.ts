import "server-only";
import {
  CreateEndpointCommand,
  type CreateEndpointCommandInput,
  CreateEndpointConfigCommand,
  type CreateEndpointConfigCommandInput,
  CreateInferenceComponentCommand,
  type CreateInferenceComponentCommandInput,
  CreateModelCommand,
  type CreateModelCommandInput,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeInferenceComponentCommand,
} from "@aws-sdk/client-sagemaker";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure, isOwnRepeat, wasRefused } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { type Patience, retryUntilVisible } from "./retry-until-visible.ts";

/**
 * What is made together. Names of model and configuration carry a digest of what they are, so that one that is
 * there already is what was wanted; the endpoint or component is the person's own name.
 */
export type ResourcesToCreate = {
  model: CreateModelCommandInput & { ModelName: string };
  endpointConfig: (CreateEndpointConfigCommandInput & { EndpointConfigName: string }) | null;
  endpoint: (CreateEndpointCommandInput & { EndpointName: string }) | null;
  component: (CreateInferenceComponentCommandInput & { InferenceComponentName: string }) | null;
};

type Undo = { what: string; run: () => Promise<unknown> };

/**
 * Makes a model, and a configuration and an endpoint or a component on an endpoint that is there; returns as soon
 * as SageMaker has accepted the last, which is then `Creating`. When a step is refused, what this call made
 * before it is deleted again; what could not be deleted is named in the failure's hint. A name that is taken is a
 * `conflict`. With `resumes` a name that was
 * taken by the very same parts before a crash counts as made.
 */
export async function createResources(
  wanted: ResourcesToCreate,
  { patience, resumes = false }: { patience: Patience; resumes?: boolean },
): Promise<Result<{ name: string }>> {
  const { model, endpointConfig, endpoint, component } = wanted;
  const name = endpoint?.EndpointName ?? component?.InferenceComponentName ?? model.ModelName;
  const undos: Undo[] = [];
  try {
    if (await createUnlessThere(() => sagemaker().send(new CreateModelCommand(model)))) {
      undos.unshift({
        what: `model ${model.ModelName}`,
        run: () => sagemaker().send(new DeleteModelCommand({ ModelName: model.ModelName })),
      });
    }
    if (endpointConfig) {
      const { EndpointConfigName } = endpointConfig;
      const create = () =>
        retryUntilVisible(() => sagemaker().send(new CreateEndpointConfigCommand(endpointConfig)), patience);
      if (await createUnlessThere(create)) {
        undos.unshift({
          what: `endpoint configuration ${EndpointConfigName}`,
          run: () => sagemaker().send(new DeleteEndpointConfigCommand({ EndpointConfigName })),
        });
      }
    }
    const finish = () =>
      endpoint
        ? sagemaker().send(new CreateEndpointCommand(endpoint))
        : component
          ? sagemaker().send(new CreateInferenceComponentCommand(component))
          : Promise.resolve();
    await retryUntilVisible(() => createOwn(finish, () => resumes && isOurs(wanted)), patience);
    return succeed({ name });
  } catch (error) {
    const failure = awsFailure(error);
    return fail(wasRefused(error) ? await undoAll(undos, failure) : unsureFailure(name, failure));
  }
}

async function createOwn(
  create: () => Promise<unknown>,
  isOurs: () => false | Promise<boolean>,
): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (isOwnRepeat(error)) return;
    if (awsFailure(error).code === "conflict" && (await isOurs())) return;
    throw error;
  }
}

/** Whether what has the name was made from the very parts that are wanted, which carry their digest. */
async function isOurs({ endpoint, endpointConfig, component, model }: ResourcesToCreate): Promise<boolean> {
  if (endpoint) {
    const { EndpointName } = endpoint;
    const there = await sagemaker().send(new DescribeEndpointCommand({ EndpointName }));
    return there.EndpointConfigName === endpointConfig?.EndpointConfigName;
  }
  if (!component) return false;
  const { InferenceComponentName } = component;
  const there = await sagemaker().send(new DescribeInferenceComponentCommand({ InferenceComponentName }));
  return there.Specification?.ModelName === model.ModelName;
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
  if (undos.length === 0) return failure;
  const remains =
    left.length === 0
      ? "What was made before this was taken back."
      : `Left behind and to be deleted in the AWS console: ${left.join(", ")}.`;
  return { ...failure, hint: failure.hint ? `${failure.hint} ${remains}` : remains };
}

/** Without an answer nobody knows whether SageMaker acted: taking parts away could break a live endpoint. */
function unsureFailure(name: string, failure: Failure): Failure {
  const check = `It may have been created all the same: look for ${name} in the list before trying again.`;
  return { ...failure, hint: failure.hint ? `${failure.hint} ${check}` : check };
}
