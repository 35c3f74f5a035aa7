import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  SageMakerClient,
  waitUntilEndpointDeleted,
  waitUntilEndpointInService,
} from "@aws-sdk/client-sagemaker";
import { describe, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { hasBoto, runPython } from "./programs.ts";

const LMI = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const boto = await hasBoto();
// A creation takes some 300 s and a failing one 1,500 s of a real account; at this scale, a second or three.
const FAST = 500;

async function prepare(
  scale: number,
  atEnd: (close: () => Promise<void>) => void,
): Promise<{ client: SageMakerClient; url: string }> {
  const sandbox = await startTestSandbox({ scale, wall: Date.now });
  atEnd(() => sandbox.close());
  const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
  const client = new SageMakerClient({ region: "us-east-1", endpoint: sandbox.url, credentials });
  for (const [name, environment] of [
    ["good", { HF_MODEL_ID: "x" }] as const,
    ["bad", { LMI_SANDBOX_FAULT: "fail-ping" }] as const,
  ]) {
    await client.send(
      new CreateModelCommand({
        ModelName: name,
        ExecutionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
        PrimaryContainer: { Image: LMI, Environment: environment },
      }),
    );
    const variant = {
      VariantName: "v1",
      ModelName: name,
      InstanceType: "ml.g5.xlarge" as const,
      InitialInstanceCount: 1,
    };
    await client.send(
      new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [variant] }),
    );
  }
  return { client, url: sandbox.url };
}

async function waitWithJavaScript(client: SageMakerClient) {
  // The client's own minimum is a second between two looks.
  const settings = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
  const outcomes: Record<string, [string, number]> = {};
  async function wait(waiter: string, name: string, until: () => Promise<{ state: string }>) {
    const started = performance.now();
    const outcome = await until().then(
      ({ state }) => state,
      (error: Error) => error.message,
    );
    outcomes[`${waiter} ${name}`] = [outcome, (performance.now() - started) / 1000];
  }
  for (const name of ["good", "bad"]) {
    await client.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
    await wait("in service", name, () => waitUntilEndpointInService(settings, { EndpointName: name }));
  }
  await client.send(new DeleteEndpointCommand({ EndpointName: "good" }));
  for (const name of ["good", "bad"]) {
    await wait("deleted", name, () => waitUntilEndpointDeleted(settings, { EndpointName: name }));
  }
  return outcomes;
}

// They wait for most of their time, each for a sandbox of its own.
describe.concurrent.each([
  ["at once", 0],
  ["in its time", FAST],
])("an endpoint that settles %s", (_name, scale) => {
  const least = scale === 0 ? 0 : 0.5;
  const most = scale === 0 ? 1.5 : 15;

  test("ends the JavaScript waiters as AWS's would", { timeout: 60_000 }, async ({
    expect,
    onTestFinished,
  }) => {
    const { client } = await prepare(scale, onTestFinished);
    const found = await waitWithJavaScript(client);
    expect(found["in service good"]?.[0]).toBe("SUCCESS");
    expect(found["in service good"]?.[1]).toBeGreaterThanOrEqual(least);
    expect(found["in service good"]?.[1]).toBeLessThan(most);
    expect(found["in service bad"]?.[0]).toContain('"state":"FAILURE"');
    expect(found["deleted good"]?.[0]).toBe("SUCCESS");
    expect(found["deleted bad"]?.[0]).toContain('"state":"FAILURE"');
  });

  test.skipIf(!boto)(
    `ends boto3's waiters as AWS's would${boto ? "" : " (no boto3)"}`,
    {
      timeout: 60_000,
    },
    async ({ expect, onTestFinished }) => {
      const { url } = await prepare(scale, onTestFinished);
      const found = await runPython<Record<string, [string, number]>>("check-waiters.py", [url]);
      expect(found["endpoint_in_service good"]?.[0]).toBe("ok");
      expect(found["endpoint_in_service good"]?.[1]).toBeGreaterThanOrEqual(least);
      expect(found["endpoint_in_service good"]?.[1]).toBeLessThan(most);
      const failed = /Waiter encountered a terminal failure state: .*"EndpointStatus" .*"Failed"/;
      expect(found["endpoint_in_service bad"]?.[0]).toMatch(failed);
      expect(found["endpoint_deleted good"]?.[0]).toBe("ok");
      expect(found["endpoint_deleted bad"]?.[0]).toMatch(failed);
    },
  );
});
