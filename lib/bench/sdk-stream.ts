import {
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";

/** The SDK with nothing around it: sends one prompt to a local server and yields the payloads it deframes. */
export function createSdkStream(endpointUrl: string): (endpointName: string) => AsyncGenerator<Uint8Array> {
  const client = new SageMakerRuntimeClient({
    endpoint: endpointUrl,
    region: "us-east-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
    maxAttempts: 1,
  });
  return async function* stream(endpointName) {
    const Body = JSON.stringify({ inputs: "a prompt", stream: true });
    const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: endpointName, Body });
    const answer = await client.send(command);
    for await (const frame of answer.Body ?? []) {
      if (frame.PayloadPart?.Bytes) yield frame.PayloadPart.Bytes;
    }
  };
}
