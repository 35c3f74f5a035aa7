import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateInferenceComponentCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DescribeEndpointCommand,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
  UpdateInferenceComponentRuntimeConfigCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let logs: CloudWatchLogsClient;
let sagemaker: SageMakerClient;
let runtime: SageMakerRuntimeClient;

beforeEach(async () => {
  sandbox = await startTestSandbox();
  const account = {
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  };
  logs = new CloudWatchLogsClient(account);
  sagemaker = new SageMakerClient(account);
  runtime = new SageMakerRuntimeClient(account);
});
afterEach(() => sandbox.close());

async function deploy(name: string, environment: Record<string, string> = {}): Promise<void> {
  const Environment = { HF_MODEL_ID: "org/model", ...environment };
  const PrimaryContainer = { Image: IMAGE, Environment };
  await sagemaker.send(new CreateModelCommand({ ModelName: name, ExecutionRoleArn: ROLE, PrimaryContainer }));
  const variant = { VariantName: "v1", ModelName: name, InstanceType: "ml.g5.xlarge" } as const;
  const ProductionVariants = [{ ...variant, InitialInstanceCount: 1 }];
  await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants }));
  await createAgain(name);
}

async function createAgain(name: string): Promise<void> {
  await sagemaker.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
}

async function groups(logGroupNamePrefix: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix, limit: 1 })) {
    names.push(...(page.logGroups ?? []).map((group) => group.logGroupName ?? ""));
  }
  return names;
}

async function messages(logGroupName: string, filterPattern?: string): Promise<string[]> {
  const found: string[] = [];
  const input = { logGroupName, filterPattern, limit: 3 };
  for await (const page of paginateFilterLogEvents({ client: logs }, input)) {
    found.push(...(page.events ?? []).map((event) => event.message ?? ""));
  }
  return found;
}

const later = (advance: string) => sandbox.control("clock", { advance });
const nameOf = (endpoint: string) => `/aws/sagemaker/Endpoints/${endpoint}`;

test("a group comes to be with its container's first line, and tells the start as it happens", async () => {
  await deploy("chat", { HF_TOKEN: "hf_secret" });
  expect(await groups(nameOf("chat"))).toEqual([]);
  await expect(messages(nameOf("chat"))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
    message: "The specified log group does not exist.",
  });
  // Capacity and image take 165 s of a real account, which is 2.75 s here.
  await later("3100ms");
  expect(await groups(nameOf("chat"))).toEqual([nameOf("chat")]);
  const first = await messages(nameOf("chat"));
  expect(first).toContain("[INFO ] LmiUtils - Downloading org/model");
  expect(first.join("\n")).not.toMatch(/Engine started|hf_secret/);
  await later("10s");
  const all = await messages(nameOf("chat"));
  expect(all.slice(0, first.length)).toEqual(first);
  expect(all.at(-1)).toBe('[INFO ] AccessLog - "GET /ping HTTP/1.1" 200 1 ms');
  expect(all).toContain("[INFO ] PyModel - Starting the vLLM engine");
});

test.each([
  ["oom-at-start", /OutOfMemoryError: CUDA out of memory.* total capacity of 22\.35 GiB/],
  ["crash-loop", /Starting the model process again, attempt 3/],
  ["fail-ping", /"GET \/ping HTTP\/1\.1" 503/],
  ["model-data-missing", /AccessDenied: Access Denied status code: 403/],
  ["process-exits", /The model process exited/],
  ["cannot-start", /executable file not found/],
  ["model-data-too-large", /No space left on device/],
  ["model-data-broken", /does not look like a tar archive/],
])("%s: the log says what the failure reason does not", async (fault, line) => {
  await deploy("broken", { LMI_SANDBOX_FAULT: fault });
  await later("2m");
  const { EndpointStatus } = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "broken" }));
  expect(EndpointStatus).toBe("Failed");
  const found = await messages(nameOf("broken"));
  expect(found.join("\n")).toMatch(line);
  expect(found.join("\n")).not.toMatch(/Engine started/);
});

test.each(["no-capacity", "image-missing", "access-denied"])(
  "%s: no container ran, so there is no log group",
  async (fault) => {
    await deploy("never", { LMI_SANDBOX_FAULT: fault });
    await later("5m");
    const { EndpointStatus } = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "never" }));
    expect(EndpointStatus).toBe("Failed");
    expect(await groups(nameOf("never"))).toEqual([]);
  },
);

test("an engine that cannot be reached says so where the ping failure points to", async () => {
  await deploy("remote", { LMI_SANDBOX_ENGINE: "openai:http://127.0.0.1:9" });
  await later("5m");
  const { FailureReason } = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: "remote" }));
  expect(FailureReason).toMatch(/did not pass the ping health check/);
  expect((await messages(nameOf("remote"), "ERROR")).join("\n")).toMatch(/127\.0\.0\.1:9/);
});

test("invocations write their lines, and a container that refuses one says why", async () => {
  const group = nameOf("sagescope-demo");
  const script = { tokens: [{ id: 1, text: "x", logProb: -1 }], finish: "eos" };
  await sandbox.control("script", { endpoint: "sagescope-demo", times: 1, script });
  const ask = (Body: string) =>
    runtime.send(
      new InvokeEndpointCommand({ EndpointName: "sagescope-demo", ContentType: "application/json", Body }),
    );
  await ask('{"inputs":"x"}');
  await expect(ask("{")).rejects.toThrow();
  expect((await messages(group, '"POST /invocations" 200')).length).toBe(1);
  const refused = await messages(group, "Predictor");
  expect(refused.length).toBe(1);
  const lines = await messages(group, '"POST /invocations"');
  expect(lines.length).toBe(2);
});

test("streams go both ways by tokens that come back at the ends", async () => {
  const logGroupName = nameOf("sagescope-demo");
  const { logStreams } = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName, orderBy: "LastEventTime", descending: true }),
  );
  const logStreamName = logStreams?.[0]?.logStreamName ?? "";
  expect(logStreamName).toMatch(/^AllTraffic\/i-0[0-9a-f]{16}$/);
  const get = (more: object) =>
    logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 3, ...more }));
  const texts = (page: Awaited<ReturnType<typeof get>>) => (page.events ?? []).map((event) => event.message);
  const all = await messages(logGroupName);
  let page = await get({ startFromHead: true });
  const forward = texts(page);
  for (;;) {
    const next = await get({ nextToken: page.nextForwardToken });
    forward.push(...texts(next));
    if (next.nextForwardToken === page.nextForwardToken) break;
    page = next;
  }
  expect(forward).toEqual(all);
  const tail = await get({});
  expect(texts(tail)).toEqual(all.slice(-3));
  expect(texts(await get({ nextToken: tail.nextBackwardToken }))).toEqual(all.slice(-6, -3));
  expect(tail.nextForwardToken).toMatch(/^f\/\d{56}\/s$/);
  await expect(get({ nextToken: "f/1/s" })).rejects.toMatchObject({ name: "InvalidParameterException" });
  const times = (await get({ limit: 1, startFromHead: true })).events?.[0]?.timestamp;
  expect((await get({ endTime: times })).events).toEqual([]);
  expect((await get({ endTime: (times ?? 0) + 1 })).events?.length).toBeGreaterThan(0);
});

test("a group outlives its endpoint, and one of the same name goes on in it", async () => {
  await deploy("again");
  await later("1m");
  await sagemaker.send(new DeleteEndpointCommand({ EndpointName: "again" }));
  await later("1m");
  const before = await messages(nameOf("again"));
  expect(before.at(-1)).toMatch(/SIGTERM/);
  await createAgain("again");
  expect(await messages(nameOf("again"))).toEqual(before);
  await later("1m");
  const after = await messages(nameOf("again"), '"Engine started"');
  expect(after.length).toBe(2);
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: nameOf("again") }));
  expect(logStreams?.length).toBe(2);
});

test("more instances are more streams, and only the new ones start", async () => {
  await deploy("grows");
  await later("1m");
  const DesiredWeightsAndCapacities = [{ VariantName: "v1", DesiredInstanceCount: 3 }];
  await sagemaker.send(
    new UpdateEndpointWeightsAndCapacitiesCommand({ EndpointName: "grows", DesiredWeightsAndCapacities }),
  );
  await later("1m");
  expect((await messages(nameOf("grows"), '"Engine started"')).length).toBe(3);
  const found = await logs.send(new DescribeLogStreamsCommand({ logGroupName: nameOf("grows"), limit: 2 }));
  expect(found.logStreams?.length).toBe(2);
  const rest = { logGroupName: nameOf("grows"), limit: 2, nextToken: found.nextToken };
  expect((await logs.send(new DescribeLogStreamsCommand(rest))).logStreams?.length).toBe(1);
});

test("an inference component has a group of its own that keeps its past", async () => {
  await sagemaker.send(
    new CreateEndpointConfigCommand({
      EndpointConfigName: "host",
      ExecutionRoleArn: ROLE,
      ProductionVariants: [{ VariantName: "v1", InstanceType: "ml.g5.12xlarge", InitialInstanceCount: 1 }],
    }),
  );
  await createAgain("host");
  await later("1m");
  expect(await groups(nameOf("host"))).toEqual([]);
  await sagemaker.send(
    new CreateInferenceComponentCommand({
      InferenceComponentName: "part",
      EndpointName: "host",
      VariantName: "v1",
      RuntimeConfig: { CopyCount: 1 },
      Specification: {
        Container: { Image: IMAGE, Environment: { HF_MODEL_ID: "org/model" } },
        ComputeResourceRequirements: {
          MinMemoryRequiredInMb: 128,
          NumberOfAcceleratorDevicesRequired: 1,
        },
      },
    }),
  );
  await later("1m");
  const group = "/aws/sagemaker/InferenceComponents/part";
  expect((await messages(group, '"Engine started"')).length).toBe(1);
  await sagemaker.send(
    new UpdateInferenceComponentRuntimeConfigCommand({
      InferenceComponentName: "part",
      DesiredRuntimeConfig: { CopyCount: 2 },
    }),
  );
  await later("1m");
  expect((await messages(group, '"Engine started"')).length).toBe(2);
});

test.each([
  [{ logGroupName: "/nowhere" }, "ResourceNotFoundException"],
  [{}, "InvalidParameterException"],
  [{ logGroupName: "/a", logGroupIdentifier: "/a" }, "InvalidParameterException"],
  [{ logGroupName: nameOf("sagescope-demo"), filterPattern: '"open' }, "InvalidParameterException"],
  [{ logGroupName: nameOf("sagescope-demo"), nextToken: "bm8=" }, "InvalidParameterException"],
])("%j is refused: %s", async (input, name) => {
  await expect(logs.send(new FilterLogEventsCommand(input))).rejects.toMatchObject({ name });
});
