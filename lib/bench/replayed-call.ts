import { Agent, type IncomingMessage, request } from "node:http";
import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandInput,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { z } from "zod";

/** A call as the AWS SDK signed it, to be sent again and again: within five minutes its signature holds. */
export type ReplayedCall = { path: string; headers: Record<string, string>; body: string };

const signedSchema = z.object({
  path: z.string(),
  headers: z.record(z.string(), z.string()),
});

/** DescribeEndpoint as the SDK sends it to this server. */
export async function recordDescribe(
  url: string,
  input: DescribeEndpointCommandInput,
): Promise<ReplayedCall> {
  const client = new SageMakerClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
  let recorded: ReplayedCall | undefined;
  client.middlewareStack.add(
    (next) => async (step) => {
      recorded = { ...signedSchema.parse(step.request), body: JSON.stringify(input) };
      return next(step);
    },
    // After the signature.
    { step: "finalizeRequest", priority: "low" },
  );
  await client.send(new DescribeEndpointCommand(input));
  if (recorded === undefined) throw new Error("the SDK sent nothing");
  return recorded;
}

/** Sends calls over connections that stay open; `key` is one whose signature the sandbox does not check. */
export function createSender(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);

  function open(call: ReplayedCall): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { agent, hostname, port, path: call.path, method: "POST", headers: call.headers },
        resolve,
      );
      sent.on("error", reject);
      sent.end(call.body);
    });
  }

  async function send(call: ReplayedCall): Promise<string> {
    const answer = await open(call);
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    if (answer.statusCode !== 200) throw new Error(`${call.path} was answered ${answer.statusCode}: ${text}`);
    return text;
  }

  return { open, send, close: () => agent.destroy() };
}

const UNCHECKED =
  "AWS4-HMAC-SHA256 Credential=AKIAOTHER/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=00";

/** A control-plane call with a key whose signature the sandbox does not check. */
export function controlCall(operation: string, input: object): ReplayedCall {
  return {
    path: "/",
    headers: { authorization: UNCHECKED, "x-amz-target": `SageMaker.${operation}` },
    body: JSON.stringify(input),
  };
}

/** A prompt that is streamed to, with a key whose signature the sandbox does not check. */
export function streamCall(
  endpoint: string,
  body: object = { inputs: "a prompt", stream: true },
): ReplayedCall {
  return {
    path: `/endpoints/${endpoint}/invocations-response-stream`,
    headers: { authorization: UNCHECKED, "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
