import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
} from "@aws-sdk/client-sagemaker-runtime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { startTestServer } from "../engine/remote/start-test-server.ts";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { eventually, openTestAccount } from "../test-account.ts";

const CAPTURE = {
  InitialSamplingPercentage: 100,
  DestinationS3Uri: "s3://box/seen",
  CaptureOptions: [{ CaptureMode: "Input" as const }, { CaptureMode: "Output" as const }],
};
const lineSchema = z.object({ captureData: z.record(z.string(), z.object({ data: z.string() })) });

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ReturnType<typeof openTestAccount>;

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  account = openTestAccount(sandbox.url);
  await account.makeBucket("box");
  const tokens = [{ id: 1, text: "Hé", logProb: -0.5 }];
  await sandbox.control("script", { endpoint: "seen", times: 9, script: { tokens, finish: "eos" } });
});
afterEach(() => sandbox.close());

function ask(Body: string, more: object = {}) {
  const input = { EndpointName: "seen", ContentType: "application/json", Body, ...more };
  return account.runtime.send(new InvokeEndpointCommand(input));
}

async function lines(): Promise<unknown[]> {
  const [key] = await eventually(async () => {
    const keys = await account.keys("box");
    return keys.length > 0 ? keys : undefined;
  });
  const text = await account.read(`s3://box/${key}`);
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("what goes in and comes out is a line under the endpoint, the variant and the hour", async () => {
  const types = { JsonContentTypes: ["application/json"] };
  await account.makeEndpoint("seen", { DataCaptureConfig: { ...CAPTURE, CaptureContentTypeHeader: types } });
  await ask('{"inputs":"x"}', { InferenceId: "mine", CustomAttributes: "trace=1" });
  const hour = new Date(sandbox.settings.wall()).toISOString().slice(0, 13).replace(/[-T]/g, "/");
  expect(await lines()).toEqual([
    {
      captureData: {
        endpointInput: {
          observedContentType: "application/json",
          mode: "INPUT",
          data: '{"inputs":"x"}',
          encoding: "JSON",
        },
        endpointOutput: {
          observedContentType: "application/json",
          mode: "OUTPUT",
          data: expect.stringContaining('"generated_text": "Hé"'),
          encoding: "JSON",
        },
      },
      eventMetadata: {
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        inferenceId: "mine",
        customAttributes: ["trace=1"],
        inferenceTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      eventVersion: "0",
    },
  ]);
  expect((await account.keys("box"))[0]).toMatch(
    new RegExp(`^seen/seen/v1/${hour}/\\d\\d-\\d\\d-\\d{3}-[0-9a-f-]{36}\\.jsonl$`),
  );
});

test("a stream is one line, in base64 where no content type is named; refusals are none", async () => {
  await account.makeEndpoint("seen", { DataCaptureConfig: CAPTURE });
  await expect(ask('{"nothing":1}')).rejects.toMatchObject({ name: "ModelError" });
  const stream = await account.runtime.send(
    new InvokeEndpointWithResponseStreamCommand({
      EndpointName: "seen",
      Body: '{"inputs":"x","stream":true}',
    }),
  );
  const parts: Uint8Array[] = [];
  for await (const event of stream.Body ?? []) parts.push(event.PayloadPart?.Bytes ?? new Uint8Array());
  const [line, ...more] = await lines();
  const { captureData } = lineSchema.parse(line);
  expect(Buffer.from(captureData.endpointOutput?.data ?? "", "base64")).toEqual(Buffer.concat(parts));
  expect(more).toEqual([]);
});

test("no percent captures nothing, and a bucket that is not there is said in the log", async () => {
  await account.makeEndpoint("seen", { DataCaptureConfig: { ...CAPTURE, DestinationS3Uri: "s3://none/x" } });
  await ask('{"inputs":"x"}');
  await eventually(async () => sandbox.lines.find((line) => line.includes("data capture to s3://none/x")));
});

test("a container's own attributes and sessions come back, and it is told which call it was", async () => {
  const server = await startTestServer(({ path }, response) => {
    response.setHeader("x-amzn-sagemaker-custom-attributes", "trace=2");
    response.setHeader("x-amzn-sagemaker-new-session-id", "abc; Expires=2026-01-01T00:00:00Z");
    response.end(path === "/ping" ? "" : "{}");
  });
  await account.makeEndpoint("seen", {}, { LMI_SANDBOX_ENGINE: `lmi:${server.url}` });
  const answer = await ask("{}", {
    CustomAttributes: "trace=1",
    SessionId: "NEW_SESSION",
    TargetVariant: "v1",
  });
  expect(answer).toMatchObject({
    CustomAttributes: "trace=2",
    NewSessionId: "abc; Expires=2026-01-01T00:00:00Z",
    InvokedProductionVariant: "v1",
  });
  expect(server.received.at(-1)?.headers).toMatchObject({
    "x-amzn-sagemaker-custom-attributes": "trace=1",
    "x-amzn-sagemaker-session-id": "NEW_SESSION",
    "x-amzn-sagemaker-forwarded-api": "InvokeEndpoint",
  });
  await server.close();
});

test.each([
  [{ InferenceId: "x".repeat(65) }, /1 validation error detected: .*'inferenceId'.*less than or equal to 64/],
  [{ CustomAttributes: "x".repeat(1025) }, /'customAttributes' .*less than or equal to 1024/],
  [{ TargetVariant: "none" }, /Variant none not found/],
  [{ TargetModel: "m.tar.gz" }, /not a multi-model endpoint/],
  [{ TargetContainerHostname: "two" }, /not a multi-container endpoint/],
])("%o is refused", async (input, message) => {
  await account.makeEndpoint("seen");
  await expect(ask("{}", input)).rejects.toMatchObject({
    name: "ValidationError",
    message: expect.stringMatching(message),
  });
});

test("a stream opens no session", async () => {
  await account.makeEndpoint("seen");
  const input = { EndpointName: "seen", Body: "{}", SessionId: "NEW_SESSION" };
  const asked = account.runtime.send(new InvokeEndpointWithResponseStreamCommand(input));
  await expect(asked).rejects.toMatchObject({ message: expect.stringContaining("'sessionId'") });
});
