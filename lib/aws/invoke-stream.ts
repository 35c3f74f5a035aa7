import "server-only";
import { Readable } from "node:stream";
import { InvokeEndpointWithResponseStreamCommand } from "@aws-sdk/client-sagemaker-runtime";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { awsFailure } from "./aws-failure.ts";
import { runtime } from "./clients.ts";
import { readPayloads } from "./read-frames.ts";

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
    const takeBody = divertBody(command);
    const answer = await runtime().send(command, { abortSignal: closer.signal });
    return succeed({
      bytes: readPayloads(takeBody(), (isComplete) => {
        forget();
        // The container would go on generating for a reader that stopped early.
        if (!isComplete) close();
      }),
      contentType: answer.ContentType ?? null,
      variant: answer.InvokedProductionVariant ?? null,
    });
  } catch (error) {
    forget();
    return fail(awsFailure(error));
  }
}

/**
 * Takes the body of an answer that streams before the SDK reads it: everything else of the call (signing, places,
 * time limits, refusals) stays the SDK's, frames are read by `readPayloads`. The SDK finds an empty body.
 */
function divertBody(command: InvokeEndpointWithResponseStreamCommand): () => Readable {
  let body = Readable.from([]);
  command.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      if (isStreaming(result.response)) {
        body = result.response.body;
        result.response.body = Readable.from([]);
      }
      return result;
    },
    // The innermost of its step: the SDK's own reader comes after it on the way back.
    { step: "deserialize", priority: "low", name: "divertBody" },
  );
  return () => body;
}

function isStreaming(response: unknown): response is { statusCode: number; body: Readable } {
  if (typeof response !== "object" || response === null) return false;
  if (!("statusCode" in response && "body" in response)) return false;
  return response.statusCode === 200 && response.body instanceof Readable;
}
