import "server-only";
import { type ContainerDefinition, DescribeModelCommand } from "@aws-sdk/client-sagemaker";
import type { Container } from "#lib/endpoint/endpoint.ts";
import { containerFacts, type WireFacts } from "#lib/lmi/container-facts.ts";
import { sagemaker } from "./clients.ts";
import { maskEnvironment } from "./mask-environment.ts";

/** What a person is shown of a container, and what decides how it is spoken to. */
export type DescribedContainer = { container: Container; wire: WireFacts };

/**
 * The first container of a model, secrets masked; null where the model names a model package alone.
 * Throws what the SDK throws.
 */
export async function describeModelContainer(modelName: string): Promise<DescribedContainer | null> {
  const model = await sagemaker().send(new DescribeModelCommand({ ModelName: modelName }));
  const definition = model.PrimaryContainer ?? model.Containers?.[0];
  return definition ? translateContainer(definition) : null;
}

/** Facts are read before masking: no option that decides a dialect is a secret. */
export function translateContainer(
  definition: Pick<ContainerDefinition, "Image" | "Environment" | "ModelDataUrl" | "ModelDataSource">,
): DescribedContainer | null {
  if (!definition.Image) return null;
  const environment = definition.Environment ?? {};
  const facts = containerFacts(definition.Image, environment);
  return {
    wire: facts.wire,
    container: {
      image: definition.Image,
      environment: maskEnvironment(environment),
      modelDataUrl: definition.ModelDataUrl ?? definition.ModelDataSource?.S3DataSource?.S3Uri ?? null,
      label: facts.label,
      sendsLogProbs: facts.sendsLogProbs,
      sendsAlternatives: facts.sendsAlternatives,
      acceptsMessages: facts.acceptsMessages,
      wire: facts.wire,
    },
  };
}
