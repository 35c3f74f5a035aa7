import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { callByName } from "../conformance/call-by-name.ts";
import { IMAGE } from "../control/test-resources.ts";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { CALL_FAULTS } from "./call-refusal.ts";
import { ANSWER_FAULTS, START_FAULTS } from "./faults.ts";

const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";
const TOKENS = Array.from({ length: 12 }, (_, id) => ({ id, text: ` w${id}`, logProb: -0.5 }));

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox({ limits: { whole: 300, stream: 300 } });
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  await sandbox.control("reset", {});
});

const thrown = z.object({
  name: z.string(),
  message: z.string().default(""),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
});

async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  return callByName(sandbox.url, "sagemaker", operation, input);
}

/** The name, message and status of what a client throws; undefined where it throws nothing. */
async function refusalOf(answer: Promise<unknown>) {
  try {
    await answer;
    return undefined;
  } catch (error) {
    const { name, message, $metadata } = thrown.parse(error);
    return { name, message, status: $metadata?.httpStatusCode };
  }
}

async function order(body: object): Promise<void> {
  expect((await sandbox.control("faults", body)).status).toBe(200);
}

async function createConfig(name: string): Promise<void> {
  const PrimaryContainer = { Image: IMAGE, Environment: { HF_MODEL_ID: "x" } };
  await call("CreateModel", { ModelName: name, ExecutionRoleArn: ROLE, PrimaryContainer });
  const variant = {
    VariantName: "v1",
    ModelName: name,
    InstanceType: "ml.g5.xlarge",
    InitialInstanceCount: 1,
  };
  await call("CreateEndpointConfig", { EndpointConfigName: name, ProductionVariants: [variant] });
}

async function describeChat(): Promise<string> {
  const { EndpointStatus, EndpointConfigName, FailureReason } = await call("DescribeEndpoint", {
    EndpointName: "chat",
  });
  return [EndpointStatus, EndpointConfigName, FailureReason ?? ""].join(" | ").trim();
}

describe("a fault of the start, asked for an endpoint", () => {
  const PING =
    /^Failed \| one \| The primary container for production variant v1 did not pass the ping health check/;
  const ROWS: Readonly<Record<(typeof START_FAULTS)[number], RegExp>> = {
    "fail-ping": PING,
    "oom-at-start": PING,
    "crash-loop": PING,
    "no-capacity": /^Failed .* due to InsufficientInstanceCapacity error/,
    "process-exits": /^Failed .* model process exited/,
    "cannot-start": /^Failed \| one \| CannotStartContainerError/,
    "access-denied": /^Failed .* does not grant ecr:GetDownloadUrlForLayer/,
    "image-missing": /^Failed \| one \| Requested image .* not found/,
    "model-data-missing": /^Failed \| one \| Could not access model data at s3:/,
    "model-data-broken": /^Failed \| one \| Failed to extract model data archive for container/,
    "model-data-too-large": /^Failed \| one \| The model data archive is too large/,
    // These let an endpoint be created and show in an update of it.
    "slow-start": /^InService \| one \|$/,
    rollback: /^InService \| one \|$/,
    "rollback-fails": /^InService \| one \|$/,
  };

  test.each(START_FAULTS)("%s ends a creation as AWS would, and the next one is sound", async (fault) => {
    await createConfig("one");
    await order({ fault, endpoint: "chat", times: 1 });
    for (const EndpointName of ["chat", "other"]) {
      await call("CreateEndpoint", { EndpointName, EndpointConfigName: "one" });
    }
    await sandbox.control("clock", { advance: "10h" });
    expect(await describeChat()).toMatch(ROWS[fault]);
    expect(await call("DescribeEndpoint", { EndpointName: "other" })).toMatchObject({
      EndpointStatus: "InService",
    });
    await call("DeleteEndpoint", { EndpointName: "chat" });
    await sandbox.control("clock", { advance: "1h" });
    await call("CreateEndpoint", { EndpointName: "chat", EndpointConfigName: "one" });
    await sandbox.control("clock", { advance: "10h" });
    expect(await describeChat()).toBe("InService | one |");
  });

  test.each([
    ["fail-ping", /^InService \| one \| .*ping health check/],
    ["rollback", /^InService \| one \| .*ping health check/],
    ["rollback-fails", /^UpdateRollbackFailed \| one \| /],
    ["slow-start", /^InService \| two \|$/],
  ])("%s decides an update, and leaves a change of counts alone", async (fault, end) => {
    await createConfig("one");
    await createConfig("two");
    await call("CreateEndpoint", { EndpointName: "chat", EndpointConfigName: "one" });
    await sandbox.control("clock", { advance: "1h" });
    await order({ fault, endpoint: "chat", times: 1 });
    await call("UpdateEndpoint", { EndpointName: "chat", EndpointConfigName: "two" });
    await sandbox.control("clock", { advance: "10h" });
    expect(await describeChat()).toMatch(end);
    if (fault === "rollback-fails") return;
    const wish = { VariantName: "v1", DesiredInstanceCount: 2 };
    await call("UpdateEndpointWeightsAndCapacities", {
      EndpointName: "chat",
      DesiredWeightsAndCapacities: [wish],
    });
    await sandbox.control("clock", { advance: "1h" });
    expect(await describeChat()).toMatch(/^InService \| (one|two) \|$/);
  });

  test("slow-start takes three times as long, and a call that is refused uses nothing up", async () => {
    await createConfig("one");
    await order({ fault: "slow-start", endpoint: "chat", times: 1 });
    await refusalOf(call("CreateEndpoint", { EndpointName: "chat", EndpointConfigName: "gone" }));
    await call("CreateEndpoint", { EndpointName: "chat", EndpointConfigName: "one" });
    // Some 300 s of a real account otherwise, at a scale of 60.
    await sandbox.control("clock", { advance: "9s" });
    expect(await describeChat()).toBe("Creating | one |");
    await sandbox.control("clock", { advance: "9s" });
    expect(await describeChat()).toBe("InService | one |");
  });
});

describe("a fault of an answer, asked for an endpoint", () => {
  type End = { name?: string; message?: RegExp; status?: number; text?: RegExp };
  const SERVER = { name: "ModelError", status: 424 };
  const ROWS: Readonly<Record<(typeof ANSWER_FAULTS)[number], End>> = {
    "error-before": { ...SERVER, message: /EngineCore encountered an issue/ },
    "error-midstream": { text: / w4.*EngineCore encountered an issue/s },
    "stream-broken": { name: "ModelStreamError", message: /connection to the model container was lost/ },
    "stream-failure": { name: "InternalStreamFailure" },
    "cut-midframe": { name: "Error", message: /aborted/ },
    "wrong-crc": { name: "Error", message: /checksum/i },
    oom: { ...SERVER, message: /\(507\)/ },
    "not-ready": { name: "ModelNotReadyException", status: 429 },
    throttled: { name: "ThrottlingException", status: 400 },
    denied: { name: "AccessDeniedException", status: 400, message: /perform: sagemaker:InvokeEndpoint on/ },
    "internal-failure": { name: "InternalFailure", status: 500 },
    "service-unavailable": { name: "ServiceUnavailable", status: 503 },
    "dependency-failure": { name: "InternalDependencyException", status: 530 },
    stall: { name: "ModelStreamError", message: /allotted time/ },
    "out-of-time": { name: "ModelStreamError", message: /allotted time/ },
    // The first token comes later than this sandbox waits.
    slow: { ...SERVER, message: /timed out while waiting/ },
  };

  async function ask(): Promise<string> {
    await sandbox.control("script", {
      endpoint: "sagescope-demo",
      script: { tokens: TOKENS, finish: "eos" },
    });
    const answer = await callByName(sandbox.url, "sagemaker-runtime", "InvokeEndpointWithResponseStream", {
      EndpointName: "sagescope-demo",
      Body: '{"inputs":"Hello","stream":true}',
    });
    const parts: Uint8Array[] = [];
    for await (const event of answer.Body as AsyncIterable<{ PayloadPart?: { Bytes: Uint8Array } }>) // A stream's body.
      if (event.PayloadPart !== undefined) parts.push(event.PayloadPart.Bytes);
    return Buffer.concat(parts).toString("utf8");
  }

  test.each(ANSWER_FAULTS)("%s shows once, and the next answer is whole", async (fault) => {
    await order({ fault, endpoint: "sagescope-demo", times: 1 });
    const end = ROWS[fault];
    const asked = ask();
    const refusal = await refusalOf(asked);
    expect(refusal?.name).toBe(end.name);
    if (end.status !== undefined) expect(refusal?.status).toBe(end.status);
    if (end.message !== undefined) expect(refusal?.message).toMatch(end.message);
    if (end.text !== undefined) expect(await asked).toMatch(end.text);
    await sandbox.control("script", { endpoint: "sagescope-demo", times: 0 });
    expect(await ask()).toContain(" w11");
  });
});

test("a fault of a stream shows at the end of an answer that is shorter than five tokens", async () => {
  await order({ fault: "stream-broken", endpoint: "sagescope-demo", times: 1 });
  const script = { tokens: TOKENS.slice(0, 2), finish: "eos" };
  await sandbox.control("script", { endpoint: "sagescope-demo", script });
  const answer = await callByName(sandbox.url, "sagemaker-runtime", "InvokeEndpointWithResponseStream", {
    EndpointName: "sagescope-demo",
    Body: '{"inputs":"Hello","stream":true}',
  });
  const reading = (async () => {
    for await (const _event of answer.Body as AsyncIterable<unknown>); // A stream's body.
  })();
  expect(await refusalOf(reading)).toMatchObject({ name: "ModelStreamError" });
});

describe("a fault of a call", () => {
  const CREATE = {
    ModelName: "m",
    ExecutionRoleArn: ROLE,
    PrimaryContainer: { Image: "repository/image:tag", ModelDataUrl: "s3://bucket/model.tar.gz" },
  };
  const DENIED = /^User: arn:aws:iam::000000000000:user\/sandbox is not authorized to perform: /;
  const ROWS: Readonly<Record<string, [name: string, status: number, message: RegExp]>> = {
    throttled: ["ThrottlingException", 400, /^Rate exceeded$/],
    "access-denied": [
      "AccessDeniedException",
      400,
      new RegExp(
        `${DENIED.source}sagemaker:CreateModel on resource: arn:aws:sagemaker:us-east-1:000000000000:model/m because no identity-based policy allows`,
      ),
    ],
    "pass-role-denied": [
      "AccessDeniedException",
      400,
      new RegExp(`${DENIED.source}iam:PassRole on resource: ${ROLE} `),
    ],
    "expired-token": ["ExpiredTokenException", 400, /security token included in the request is expired/],
    "invalid-token": [
      "UnrecognizedClientException",
      400,
      /security token included in the request is invalid/,
    ],
    "wrong-signature": ["InvalidSignatureException", 400, /signature we calculated does not match/],
    "config-invisible": ["ValidationException", 400, /^Could not find endpoint configuration "arn:/],
    "model-data-missing": [
      "ValidationException",
      400,
      /^Could not access model data at s3:\/\/bucket\/model\.tar\.gz\./,
    ],
    "image-missing": ["ValidationException", 400, /^Requested image repository\/image:tag not found\.$/],
    "image-denied": ["ValidationException", 400, /does not grant ecr:GetDownloadUrlForLayer/],
    "resource-in-use": ["ResourceInUse", 400, /model\/m is in use/],
    "resource-not-found": ["ResourceNotFound", 400, /model\/m does not exist/],
    conflict: ["ConflictException", 400, /was modified by another request/],
    "internal-failure": ["InternalFailure", 500, /unknown error/],
    "service-unavailable": ["ServiceUnavailable", 503, /temporary failure/],
  };

  test.each(CALL_FAULTS.filter((fault) => !["quota-zero", "no-answer"].includes(fault)))(
    "%s refuses as often as it was asked for, and leaves no trace",
    async (fault) => {
      await order({ fault, operation: "CreateModel", times: 2 });
      for (const _time of [1, 2]) {
        const [name, status, message] = ROWS[fault] ?? ["", 0, /^$/];
        const refusal = await refusalOf(call("CreateModel", CREATE));
        expect(refusal).toMatchObject({ name, status });
        expect(refusal?.message).toMatch(message);
      }
      expect(await call("ListModels", { NameContains: "m" })).toMatchObject({
        Models: expect.not.arrayContaining([expect.objectContaining({ ModelName: "m" })]),
      });
      expect(await call("CreateModel", CREATE)).toMatchObject({
        ModelArn: expect.stringContaining("model/m"),
      });
    },
  );

  test("quota-zero counts what is used and refuses with AWS's four numbers", async () => {
    await createConfig("one");
    await order({ fault: "quota-zero", operation: "CreateEndpoint" });
    const create = () => call("CreateEndpoint", { EndpointName: "chat", EndpointConfigName: "one" });
    expect((await refusalOf(create()))?.message).toMatch(
      /^The account-level service limit 'ml.g5.xlarge for endpoint usage' is 0 Instances, with current utilization of \d+ Instances and a request delta of 1 Instances/,
    );
    await order({ fault: "quota-zero", operation: "CreateEndpoint", times: 0 });
    expect(await refusalOf(create())).toBeUndefined();
  });

  test("no-answer breaks the connection", async () => {
    await order({ fault: "no-answer", operation: "ListEndpoints", times: 1 });
    expect((await refusalOf(call("ListEndpoints", {})))?.message).toMatch(/socket hang up|ECONNRESET/);
    expect(await refusalOf(call("ListEndpoints", {}))).toBeUndefined();
  });
});
