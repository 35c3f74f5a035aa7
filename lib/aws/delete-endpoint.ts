import "server-only";
import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListTagsCommand,
} from "@aws-sdk/client-sagemaker";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { sagemaker } from "./clients.ts";
import { isOwnedBy } from "./ownership-tags.ts";

/** `kept`: what was asked to go along and stays, with the reason. */
export type DeletedEndpoint = { name: string; deleted: string[]; kept: { what: string; why: string }[] };

/**
 * Deletes an endpoint; SageMaker then works on it for a while (`Deleting`). With `alsoConfigAndModels` its
 * configuration and models go too, but only those that Sagescope made for this very endpoint, by their tags:
 * another endpoint may stand on any other. Fails without deleting anything where the endpoint is not found or
 * is being changed (`conflict`).
 */
export async function deleteEndpoint({
  name,
  alsoConfigAndModels,
}: {
  name: string;
  alsoConfigAndModels: boolean;
}): Promise<Result<DeletedEndpoint>> {
  try {
    const companions = alsoConfigAndModels ? await findCompanions(name) : [];
    await sagemaker().send(new DeleteEndpointCommand({ EndpointName: name }));
    const outcome: DeletedEndpoint = { name, deleted: [`endpoint ${name}`], kept: [] };
    for (const companion of companions) {
      const failure = await deleteCompanion(name, companion);
      if (failure) outcome.kept.push({ what: companion.what, why: failure.message });
      else outcome.deleted.push(companion.what);
    }
    return succeed(outcome);
  } catch (error) {
    return fail(awsFailure(error));
  }
}

type Companion = { what: string; arn: string; remove: () => Promise<unknown> };

/** The endpoint's configuration and its models. One that cannot be read is left where it is. */
async function findCompanions(endpointName: string): Promise<Companion[]> {
  const endpoint = await sagemaker().send(new DescribeEndpointCommand({ EndpointName: endpointName }));
  const configName = endpoint.EndpointConfigName;
  if (!configName) return [];
  const config = await readOrNull(() =>
    sagemaker().send(new DescribeEndpointConfigCommand({ EndpointConfigName: configName })),
  );
  if (!config) return [];
  const modelNames = new Set((config.ProductionVariants ?? []).flatMap((variant) => variant.ModelName ?? []));
  const models = await Promise.all([...modelNames].map(findModel));
  return [
    {
      what: `endpoint configuration ${configName}`,
      arn: config.EndpointConfigArn ?? "",
      remove: () => sagemaker().send(new DeleteEndpointConfigCommand({ EndpointConfigName: configName })),
    },
    ...models.flat(),
  ];
}

async function findModel(modelName: string): Promise<Companion[]> {
  const model = await readOrNull(() => sagemaker().send(new DescribeModelCommand({ ModelName: modelName })));
  if (!model) return [];
  return [
    {
      what: `model ${modelName}`,
      arn: model.ModelArn ?? "",
      remove: () => sagemaker().send(new DeleteModelCommand({ ModelName: modelName })),
    },
  ];
}

async function readOrNull<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    const { code } = awsFailure(error);
    if (code === "not-found" || code === "not-allowed") return null;
    throw error;
  }
}

/** Why it stays, or null when it is gone. The endpoint is already deleted: nothing here may fail the whole. */
async function deleteCompanion(endpointName: string, { arn, remove }: Companion): Promise<Failure | null> {
  try {
    const { Tags = [] } = await sagemaker().send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 100 }));
    if (!isOwnedBy(endpointName, Tags)) {
      return { code: "not-allowed", message: "It was not made by Sagescope for this endpoint." };
    }
    await remove();
    return null;
  } catch (error) {
    const failure = awsFailure(error);
    return failure.code === "not-found" ? null : failure;
  }
}
