import "server-only";
import {
  InvokeEndpointWithResponseStreamCommand,
  type ResponseStream,
} from "@aws-sdk/client-sagemaker-runtime";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { runtime } from "./clients.ts";

export type InvokeStreamInput = {
  endpointName: string;
  body: string;
  contentType?: string;
  targetVariant?: string | undefined;
  inferenceComponentName?: string | undefined;
  /** Aborting it closes the socket at once, before or during the answer. */
  signal?: AbortSignal | undefined;
};

export type InvokedStream = {
  /** The container's bytes as they arrive; they break anywhere. Leaving the loop closes the socket. */
  bytes: AsyncIterable<Uint8Array>;
  /** What the container said it sends (X-Amzn-SageMaker-Content-Type); LMI 0.27 says nothing. */
  contentType: string | null;
  variant: string | null;
};

/**
 * Sends one prompt, once, never repeated. Trouble before the first byte is a failure; afterwards the iteration
 * throws, and `describeStreamFailure` puts what it threw into words.
 */
export async function invokeStream(input: InvokeStreamInput): Promise<Result<InvokedStream>> {
  const closer = new AbortController();
  const close = () => closer.abort();
  const forget = () => input.signal?.removeEventListener("abort", close);
  if (input.signal?.aborted) close();
  input.signal?.addEventListener("abort", close, { once: true });
  try {
    const command = new InvokeEndpointWithResponseStreamCommand({
      EndpointName: input.endpointName,
      Body: input.body,
      ContentType: input.contentType ?? "application/json",
      TargetVariant: input.targetVariant,
      InferenceComponentName: input.inferenceComponentName,
    });
    const answer = await runtime().send(command, { abortSignal: closer.signal });
    return succeed({
      bytes: payloads(answer.Body ?? [], closer, forget),
      contentType: answer.ContentType ?? null,
      variant: answer.InvokedProductionVariant ?? null,
    });
  } catch (error) {
    forget();
    return fail(awsFailure(error));
  }
}

/** Unmodelled exception frames make the SDK throw by itself; modelled ones arrive as members. */
async function* payloads(
  frames: AsyncIterable<ResponseStream> | Iterable<ResponseStream>,
  closer: AbortController,
  forget: () => void,
): AsyncGenerator<Uint8Array> {
  let isComplete = false;
  try {
    for await (const frame of frames) {
      if (frame.PayloadPart?.Bytes) yield frame.PayloadPart.Bytes;
      else if (frame.ModelStreamError) throw frame.ModelStreamError;
      else if (frame.InternalStreamFailure) throw frame.InternalStreamFailure;
    }
    isComplete = true;
  } finally {
    forget();
    // The SDK leaves the socket open when its reader stops early: the container would go on generating.
    if (!isComplete) closer.abort();
  }
}
