import { CloudWatchLogsClient, StartLiveTailCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

const GROUP = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/sagemaker/Endpoints/sagescope-demo";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ConstructorParameters<typeof CloudWatchLogsClient>[0];

beforeEach(async () => {
  sandbox = await startTestSandbox({ wall: Date.now });
  account = {
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
    disableHostPrefix: true,
  };
});
afterEach(() => sandbox.close());

test("a tail says what happens from now on, and nothing of before", async () => {
  const logs = new CloudWatchLogsClient(account ?? {});
  const runtime = new SageMakerRuntimeClient(account ?? {});
  const { responseStream } = await logs.send(
    new StartLiveTailCommand({ logGroupIdentifiers: [GROUP], logEventFilterPattern: "AccessLog" }),
  );
  const seen: string[] = [];
  const kinds: string[] = [];
  for await (const event of responseStream ?? []) {
    kinds.push(...Object.keys(event));
    seen.push(...(event.sessionUpdate?.sessionResults ?? []).map((line) => line.message ?? ""));
    if (kinds.length === 2) {
      const call = { EndpointName: "sagescope-demo", ContentType: "application/json", Body: "{" };
      await expect(runtime.send(new InvokeEndpointCommand(call))).rejects.toThrow();
    }
    if (seen.length > 0 || kinds.length > 5) break;
  }
  expect(kinds.slice(0, 2)).toEqual(["sessionStart", "sessionUpdate"]);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatch(/AccessLog - "POST \/invocations/);
});

test.each([
  [{ logGroupIdentifiers: ["/aws/sagemaker/Endpoints/sagescope-demo"] }, "InvalidParameterException"],
  [{ logGroupIdentifiers: [`${GROUP}-gone`] }, "ResourceNotFoundException"],
  [{ logGroupIdentifiers: [GROUP], logEventFilterPattern: '"' }, "InvalidParameterException"],
])("%j is refused as an ordinary call is: %s", async (input, name) => {
  const logs = new CloudWatchLogsClient(account ?? {});
  await expect(logs.send(new StartLiveTailCommand(input))).rejects.toMatchObject({ name });
});
