import "server-only";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { runtime } from "./clients.ts";
import type { InvokedStream, InvokeStreamInput } from "./invoke-stream.ts";

/**
 * Sends one prompt, once, and waits for the whole answer (InvokeEndpoint): for endpoints that cannot stream. SageMaker
 * gives the container 60 s for it. The bytes come in one piece, so that whoever reads a stream reads this, too.
 */
export async function invokeWhole(input: InvokeStreamInput): Promise<Result<InvokedStream>> {
  try {
    const command = new InvokeEndpointCommand({
      EndpointName: input.endpointName,
      Body: input.body,
      ContentType: input.contentType ?? "application/json",
      TargetVariant: input.targetVariant,
      InferenceComponentName: input.inferenceComponentName,
    });
    const sent = input.signal === undefined ? {} : { abortSignal: input.signal };
    const answer = await runtime().send(command, sent);
    return succeed({
      bytes: once(answer.Body),
      contentType: answer.ContentType ?? null,
      variant: answer.InvokedProductionVariant ?? null,
    });
  } catch (error) {
    return fail(awsFailure(error));
  }
}

async function* once(body: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (body !== undefined) yield body;
}
