import { UpdateEndpointWeightsAndCapacitiesCommand } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointAsyncCommand, InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { eventually, openTestAccount } from "../test-account.ts";

const OUT = { S3OutputPath: "s3://box/out/", S3FailurePath: "s3://box/failed" };
const CONFIG = { AsyncInferenceConfig: { OutputConfig: OUT } };
const ANSWER = { tokens: [{ id: 1, text: "Hello", logProb: -0.5 }], finish: "eos" };
const INPUT = '{"inputs":"hi"}';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ReturnType<typeof openTestAccount>;

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  account = openTestAccount(sandbox.url);
  await account.makeBucket("box");
  await account.put("box", "in/1.json", INPUT);
});
afterEach(() => sandbox.close());

function script(changes: Record<string, unknown> = {}, times = 1) {
  return sandbox.control("script", { endpoint: "queue", times, script: { ...ANSWER, ...changes } });
}

function ask(changes: Partial<ConstructorParameters<typeof InvokeEndpointAsyncCommand>[0]> = {}) {
  return account.runtime.send(
    new InvokeEndpointAsyncCommand({
      EndpointName: "queue",
      ContentType: "application/json",
      InputLocation: "s3://box/in/1.json",
      ...changes,
    }),
  );
}

function metric(name: string, dimensions: Record<string, string> = { EndpointName: "queue" }) {
  return account.metric(name, dimensions, sandbox.settings.wall());
}

describe("an asynchronous request", () => {
  test("is answered 202 with its places, and its answer comes to S3", async () => {
    await account.makeEndpoint("queue", CONFIG);
    await script();
    const accepted = await ask({ InferenceId: "mine" });
    expect(accepted).toMatchObject({
      $metadata: { httpStatusCode: 202 },
      InferenceId: "mine",
      OutputLocation: expect.stringMatching(/^s3:\/\/box\/out\/[0-9a-f-]{36}\.out$/),
      FailureLocation: expect.stringMatching(/^s3:\/\/box\/failed\/[0-9a-f-]{36}-error\.out$/),
    });
    const text = await eventually(() => account.read(accepted.OutputLocation ?? ""));
    expect(JSON.parse(text)).toMatchObject({ generated_text: "Hello" });
    const ofVariant = { EndpointName: "queue", VariantName: "v1" };
    expect(await metric("InvocationsProcessed", ofVariant)).toEqual([1]);
    expect(await metric("InvocationFailures", ofVariant)).toEqual([0]);
    expect(await metric("Invocations", ofVariant)).toEqual([]);
    expect(await metric("ModelLatency", ofVariant)).toHaveLength(1);
  });

  test("takes a short input in its body, and a name for its answer", async () => {
    await account.makeEndpoint("queue", CONFIG);
    await script();
    const accepted = await ask({
      InputLocation: undefined,
      Body: Buffer.from(INPUT),
      S3OutputPathExtension: "by/day",
      Filename: "answer.json",
    });
    expect(accepted.OutputLocation).toBe("s3://box/out/by/day/answer.json");
    await eventually(() => account.read("s3://box/out/by/day/answer.json"));
    const both = ask({ Body: Buffer.from(INPUT) });
    await expect(both).rejects.toMatchObject({ name: "ValidationError" });
  });

  test.each([
    ["the container refuses", {}, { InputLocation: "s3://box/in/bad.json" }, /inputs, or messages/],
    ["there is no input", {}, { InputLocation: "s3://box/in/none.json" }, /^NoSuchKey/],
    ["the container takes too long", { delayMs: 3000 }, { InvocationTimeoutSeconds: 1 }, /within 1 seconds/],
  ])("leaves a failure object where %s", async (_case, changes, request, message) => {
    await account.makeEndpoint("queue", CONFIG);
    await account.put("box", "in/bad.json", '{"nothing":1}');
    await script(changes);
    const { FailureLocation } = await ask(request);
    expect(await eventually(() => account.read(FailureLocation ?? ""))).toMatch(message);
    expect(await metric("InvocationFailures", { EndpointName: "queue", VariantName: "v1" })).toEqual([1]);
  });
});

describe("the queue", () => {
  test("lets as many in as the configuration says, and reports the others", async () => {
    const ClientConfig = { MaxConcurrentInvocationsPerInstance: 1 };
    await account.makeEndpoint("queue", { AsyncInferenceConfig: { OutputConfig: OUT, ClientConfig } });
    await script({ delayMs: 400 }, 3);
    const started = performance.now();
    const all = await Promise.all([ask(), ask(), ask()]);
    expect(await metric("ApproximateBacklogSize")).toEqual([3]);
    expect(await metric("HasBacklogWithoutCapacity")).toEqual([0]);
    await Promise.all(all.map(({ OutputLocation }) => eventually(() => account.read(OutputLocation ?? ""))));
    expect(performance.now() - started).toBeGreaterThan(1200);
    sandbox.wait(120_000);
    expect((await metric("ApproximateBacklogSizePerInstance")).at(-1)).toBe(0);
  });

  test("waits without instances, and ends when its time is over", async () => {
    await account.makeEndpoint("queue", CONFIG);
    const scale = (DesiredInstanceCount: number) =>
      account.sagemaker.send(
        new UpdateEndpointWeightsAndCapacitiesCommand({
          EndpointName: "queue",
          DesiredWeightsAndCapacities: [{ VariantName: "v1", DesiredInstanceCount }],
        }),
      );
    await scale(0);
    await script();
    const kept = await ask();
    const lost = await ask({ RequestTTLSeconds: 60 });
    sandbox.wait(60_000);
    expect(await eventually(() => account.read(lost.FailureLocation ?? ""))).toMatch(/expired/);
    expect((await metric("HasBacklogWithoutCapacity")).at(-1)).toBe(1);
    await scale(1);
    await eventually(() => account.read(kept.OutputLocation ?? ""));
  });

  test("is there after a restart", async () => {
    await account.makeEndpoint("queue", CONFIG);
    await script({ delayMs: 60_000 });
    const accepted = await ask();
    await sandbox.close();
    sandbox = await startTestSandbox({ scale: 0, folder: sandbox.settings.folder });
    account = openTestAccount(sandbox.url);
    // No script outlives the restart, and this test has no model: the request is asked again, and answered 503.
    expect(await eventually(() => account.read(accepted.FailureLocation ?? ""))).toMatch(/503|model/);
  });
});

test("each kind of endpoint refuses the other kind of call", async () => {
  await account.makeEndpoint("queue", CONFIG);
  const synchronous = new InvokeEndpointCommand({ EndpointName: "queue", Body: INPUT });
  await expect(account.runtime.send(synchronous)).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("InvokeEndpointAsync"),
  });
  await expect(ask({ EndpointName: "sagescope-demo" })).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringContaining("not configured for asynchronous inference"),
  });
  await expect(ask({ EndpointName: "none" })).rejects.toMatchObject({ ErrorCode: "NO_SUCH_ENDPOINT" });
  await expect(ask({ RequestTTLSeconds: 59, InferenceId: "x".repeat(65) })).rejects.toMatchObject({
    message: expect.stringMatching(/^2 validation errors detected: .*'inferenceId' .*'requestTTLSeconds'/),
  });
});
