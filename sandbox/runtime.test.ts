import { connect as connectSocket } from "node:net";
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from "@aws-sdk/client-sagemaker-runtime";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { modelStreamError, payloadPart } from "./runtime/frames.ts";
import { startTestSandbox } from "./start-test-sandbox.ts";

const LMI = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const OWN = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
const TEXT = ["Hé", "llo", " 你好", " 😀", "!", " And", " more", "."];

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: SageMakerRuntimeClient;

function connect(): SageMakerRuntimeClient {
  return new SageMakerRuntimeClient({
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: OWN,
    maxAttempts: 1,
  });
}

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0, limits: { whole: 400, stream: 400 } });
  client = connect();
});
afterEach(() => sandbox.close());

function script(endpoint: string, more: Record<string, unknown> = {}) {
  const tokens = TEXT.map((text, index) => ({ id: index + 1, text, logProb: -0.5 }));
  return sandbox.control("script", { endpoint, times: 1, script: { tokens, finish: "eos", ...more } });
}

async function createFaulty(fault: string): Promise<void> {
  const control = new SageMakerClient({ region: "us-east-1", endpoint: sandbox.url, credentials: OWN });
  const environment = { LMI_SANDBOX_FAULT: fault };
  await control.send(
    new CreateModelCommand({
      ModelName: fault,
      ExecutionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
      PrimaryContainer: { Image: LMI, Environment: environment },
    }),
  );
  const variant = {
    VariantName: "v1",
    ModelName: fault,
    InstanceType: "ml.g5.xlarge" as const,
    InitialInstanceCount: 1,
  };
  await control.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: fault, ProductionVariants: [variant] }),
  );
  await control.send(new CreateEndpointCommand({ EndpointName: fault, EndpointConfigName: fault }));
}

async function stream(endpoint: string, body: unknown = { inputs: "hi", stream: true }) {
  const answer = await client.send(
    new InvokeEndpointWithResponseStreamCommand({
      EndpointName: endpoint,
      ContentType: "application/json",
      Body: JSON.stringify(body),
    }),
  );
  const parts: Uint8Array[] = [];
  let failure: unknown;
  try {
    for await (const event of answer.Body ?? []) {
      if (event.PayloadPart?.Bytes !== undefined) parts.push(event.PayloadPart.Bytes);
    }
  } catch (error) {
    failure = error;
  }
  return { answer, parts, text: Buffer.concat(parts).toString("utf8"), failure };
}

function invoke(endpoint: string, variant?: string) {
  return client.send(
    new InvokeEndpointCommand({
      EndpointName: endpoint,
      ContentType: "application/json",
      Body: JSON.stringify({ inputs: "hi" }),
      ...(variant === undefined ? {} : { TargetVariant: variant }),
    }),
  );
}

describe("a streamed answer", () => {
  test("carries the container's body, its content type and the variant", async () => {
    await script("sagescope-demo");
    const { answer, text } = await stream("sagescope-demo");
    expect(answer.ContentType).toBe("application/jsonlines");
    expect(answer.InvokedProductionVariant).toBe("AllTraffic");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.token.text)).toEqual(TEXT);
    expect(lines.at(-1).generated_text).toBe(TEXT.join(""));
  });

  test("is cut anywhere, also inside a character", async () => {
    const cuts: boolean[] = [];
    for (let round = 0; round < 8; round += 1) {
      await script("sagescope-demo");
      const { parts } = await stream("sagescope-demo");
      cuts.push(...parts.map((part) => ((part[0] ?? 0) & 0xc0) === 0x80));
    }
    expect(cuts.filter(Boolean).length).toBeGreaterThan(2);
    expect(cuts.length).toBeGreaterThan(8 * (TEXT.length + 2));
  });

  test("comes from the 0.26 container without a flag in the request", async () => {
    await script("sagescope-demo-lmi-026");
    const { text } = await stream("sagescope-demo-lmi-026", { inputs: "hi" });
    expect(JSON.parse(text.trim().split("\n")[0] ?? "")).toEqual({
      token: { id: 1, text: "Hé", log_prob: -0.5 },
    });
  });

  test("keeps to the delays of a script", async () => {
    await script("sagescope-demo", { delayMs: 20 });
    const started = performance.now();
    await stream("sagescope-demo");
    expect(performance.now() - started).toBeGreaterThan(TEXT.length * 20 - 10);
  });
});

describe("a whole answer", () => {
  test("is the container's body as it is", async () => {
    await script("sagescope-demo");
    const answer = await invoke("sagescope-demo");
    expect(answer.ContentType).toBe("application/json");
    expect(new TextDecoder().decode(answer.Body)).toBe(`{"generated_text": "${TEXT.join("")}"}\n`);
  });
});

describe("refusals", () => {
  test("of an endpoint that is not there", async () => {
    await expect(invoke("nope")).rejects.toMatchObject({
      name: "ValidationError",
      ErrorCode: "NO_SUCH_ENDPOINT",
      message: "Endpoint nope of account 000000000000 not found.",
    });
    await expect(invoke("Sagescope-Demo")).rejects.toMatchObject({ name: "ValidationError" });
  });

  test("of a variant that is not there", async () => {
    await expect(invoke("sagescope-demo", "other")).rejects.toThrow("Variant other not found for Request");
  });

  test("of a body above 6 MiB", async () => {
    const Body = new Uint8Array(6_291_457);
    await expect(
      client.send(new InvokeEndpointCommand({ EndpointName: "sagescope-demo", Body })),
    ).rejects.toMatchObject({ $metadata: { httpStatusCode: 413 } });
  });

  test("by the container are wrapped with the original beside them", async () => {
    // No language model in this test: LMI's front end finds no worker.
    await expect(invoke("sagescope-demo")).rejects.toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 503,
      OriginalMessage: expect.stringContaining("This test brought no language model."),
      LogStreamArn: expect.stringMatching(/^arn:aws:logs:us-east-1:000000000000:log-group:\/aws\/sagemaker/),
    });
  });
});

describe("faults", () => {
  test("error-before answers as the container does before the first token", async () => {
    await createFaulty("error-before");
    await expect(invoke("error-before")).rejects.toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 500,
    });
  });

  test("error-midstream ends the body with the container's error line", async () => {
    await createFaulty("error-midstream");
    await script("error-midstream");
    const { text, failure } = await stream("error-midstream");
    expect(text.trim().split("\n")).toHaveLength(6);
    expect(text).toMatch(/\{"error": \{"message": "EngineCore encountered an issue\./);
    expect(failure).toBeUndefined();
  });

  test("stream-broken ends the stream with an exception frame", async () => {
    await createFaulty("stream-broken");
    await script("stream-broken");
    const { failure } = await stream("stream-broken");
    expect(failure).toMatchObject({ name: "ModelStreamError", ErrorCode: "StreamBroken" });
  });

  test("cut-midframe drops the connection inside a frame", async () => {
    await createFaulty("cut-midframe");
    await script("cut-midframe");
    const { text, failure } = await stream("cut-midframe");
    expect(text.trim().split("\n")).toHaveLength(5);
    expect(failure).toBeInstanceOf(Error);
  });

  test("stall ends when SageMaker waits no longer", async () => {
    await createFaulty("stall");
    await script("stall");
    const { failure, text } = await stream("stall");
    expect(text.trim().split("\n")).toHaveLength(5);
    expect(failure).toMatchObject({ name: "ModelStreamError", ErrorCode: "ModelInvocationTimeExceeded" });
    await script("stall");
    await expect(invoke("stall")).rejects.toMatchObject({ name: "ModelError", OriginalStatusCode: 0 });
  });

  test("slow takes its time for every token", async () => {
    await sandbox.close();
    sandbox = await startTestSandbox({ scale: 0 });
    client = connect();
    await createFaulty("slow");
    await script("slow", {
      tokens: [
        { id: 1, text: "a", logProb: 0 },
        { id: 2, text: "b", logProb: 0 },
      ],
    });
    const started = performance.now();
    await stream("slow");
    expect(performance.now() - started).toBeGreaterThan(780);
  });
});

describe("faults of the platform", () => {
  test("wrong-crc sends a frame that AWS's own codec refuses", async () => {
    await createFaulty("wrong-crc");
    await script("wrong-crc");
    const { text, failure } = await stream("wrong-crc");
    expect(text.trim().split("\n")).toHaveLength(5);
    expect(failure).toMatchObject({ message: expect.stringMatching(/checksum/i) });
  });

  test("oom is the front end's 507, in whole and streamed calls", async () => {
    await createFaulty("oom");
    const wanted = {
      name: "ModelError",
      OriginalStatusCode: 507,
      OriginalMessage: expect.stringContaining('"type": "WlmOutOfMemoryException"'),
    };
    await expect(invoke("oom")).rejects.toMatchObject(wanted);
    await expect(stream("oom")).rejects.toMatchObject(wanted);
  });

  test("throttled names its code in the header alone", async () => {
    await createFaulty("throttled");
    await expect(invoke("throttled")).rejects.toMatchObject({
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("not-ready ends 30 s of the endpoint's own time after it is in service", async () => {
    await sandbox.close();
    sandbox = await startTestSandbox({ scale: 10 });
    client = connect();
    await createFaulty("not-ready");
    const control = new SageMakerClient({ region: "us-east-1", endpoint: sandbox.url, credentials: OWN });
    async function status() {
      return (await control.send(new DescribeEndpointCommand({ EndpointName: "not-ready" }))).EndpointStatus;
    }
    while ((await status()) === "Creating") sandbox.wait(1_000);
    expect(await status()).toBe("InService");
    await expect(invoke("not-ready")).rejects.toMatchObject({
      name: "ModelNotReadyException",
      $metadata: { httpStatusCode: 429 },
    });
    sandbox.wait(3_000);
    await script("not-ready");
    expect((await invoke("not-ready")).$metadata.httpStatusCode).toBe(200);
  });
});

describe("a client that leaves", () => {
  test("takes its invocation with it", async () => {
    await script("sagescope-demo", { delayMs: 60_000 });
    const leaving = new AbortController();
    const asked = client
      .send(
        new InvokeEndpointWithResponseStreamCommand({
          EndpointName: "sagescope-demo",
          Body: '{"inputs":"x","stream":true}',
        }),
        { abortSignal: leaving.signal },
      )
      .catch((error: Error) => error.name);
    await expect.poll(live).toBe(1);
    leaving.abort();
    await expect.poll(live, { interval: 10, timeout: 20_000 }).toBe(0);
    expect(await asked).toBe("AbortError");
  });

  async function live(): Promise<number> {
    const state = (await (await sandbox.control("state")).json()) as { liveInvocations: number };
    return state.liveInvocations;
  }
});

describe("who may come in", () => {
  test("refuses foreign hosts, origins and sites", async () => {
    const state = `${sandbox.url}/_sandbox/state`;
    expect((await fetch(state)).status).toBe(200);
    expect((await fetch(state, { headers: { origin: "http://localhost:3000" } })).status).toBe(403);
    expect((await fetch(state, { headers: { "sec-fetch-site": "cross-site" } })).status).toBe(403);
    // fetch does not let a program choose its Host.
    expect(
      await rawStatus(`GET /_sandbox/state HTTP/1.1\r\nHost: evil.example:${sandbox.port}\r\n\r\n`),
    ).toBe(403);
    expect(await rawStatus(`GET /_sandbox/state HTTP/1.1\r\nHost: localhost:${sandbox.port}\r\n\r\n`)).toBe(
      200,
    );
  });

  function rawStatus(request: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connectSocket(sandbox.port, "127.0.0.1", () => socket.write(request));
      socket.once("data", (data) => {
        resolve(Number(data.toString().split(" ")[1]));
        socket.destroy();
      });
      socket.once("error", reject);
    });
  }
});

describe("the control path", () => {
  test("moves the clock, also over a restart", async () => {
    const before = (await (await sandbox.control("state")).json()) as { clock: { now: string } };
    const moved = (await (await sandbox.control("clock", { advance: "10m" })).json()) as { now: string };
    expect(Date.parse(moved.now) - Date.parse(before.clock.now)).toBe(600_000);
    expect((await sandbox.control("clock", { advance: "soon" })).status).toBe(400);
    const { folder, wall } = sandbox.settings;
    await sandbox.close();
    sandbox = await startTestSandbox({ folder, wall });
    const after = (await (await sandbox.control("state")).json()) as { clock: { now: string } };
    expect(after.clock.now).toBe(moved.now);
  });

  test("resets everything to the beginning", async () => {
    await createFaulty("slow");
    await sandbox.control("reset", {});
    await expect(invoke("slow")).rejects.toMatchObject({ ErrorCode: "NO_SUCH_ENDPOINT" });
    await script("sagescope-demo");
    await invoke("sagescope-demo");
  });

  test("says what is wrong with a script", async () => {
    const answer = await sandbox.control("script", {
      endpoint: "sagescope-demo",
      script: { tokens: [{ id: "x" }] },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/script\.tokens\[0\]\.id/);
  });
});

test("frames decode with AWS's own codec and carry its headers", () => {
  const codec = new EventStreamCodec(toUtf8, fromUtf8);
  const part = codec.decode(payloadPart(fromUtf8("é")));
  expect(part.headers[":event-type"]).toEqual({ type: "string", value: "PayloadPart" });
  expect(toUtf8(part.body)).toBe("é");
  const broken = codec.decode(modelStreamError("StreamBroken", "gone"));
  expect(broken.headers[":exception-type"]).toEqual({ type: "string", value: "ModelStreamError" });
  expect(JSON.parse(toUtf8(broken.body))).toEqual({ Message: "gone", ErrorCode: "StreamBroken" });
});
