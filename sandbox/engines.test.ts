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
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sendEvents, startTestServer } from "./engine/remote/start-test-server.ts";
import { startTestSandbox } from "./start-test-sandbox.ts";

const LMI = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const OWN = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };

type Server = Awaited<ReturnType<typeof startTestServer>>;

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let control: SageMakerClient;
let runtime: SageMakerRuntimeClient;
let servers: Server[] = [];

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  const settings = { region: "us-east-1", endpoint: sandbox.url, credentials: OWN, maxAttempts: 1 };
  control = new SageMakerClient(settings);
  runtime = new SageMakerRuntimeClient(settings);
});
afterEach(async () => {
  await sandbox.close();
  for (const server of servers) await server.close();
  servers = [];
});

async function serve(...handler: Parameters<typeof startTestServer>): Promise<Server> {
  const server = await startTestServer(...handler);
  servers.push(server);
  return server;
}

/** Creates an endpoint whose model names an engine; answers what became of it. */
async function createOn(engine: string, name = "mine", image = LMI) {
  const container = { Image: image, Environment: { LMI_SANDBOX_ENGINE: engine } };
  await control.send(
    new CreateModelCommand({
      ModelName: name,
      ExecutionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
      PrimaryContainer: container,
    }),
  );
  const variant = {
    VariantName: "v1",
    ModelName: name,
    InstanceType: "ml.g5.xlarge" as const,
    InitialInstanceCount: 1,
  };
  await control.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [variant] }),
  );
  await control.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
  return control.send(new DescribeEndpointCommand({ EndpointName: name }));
}

async function stream(endpoint: string, body: Uint8Array, signal?: AbortSignal) {
  const answer = await runtime.send(
    new InvokeEndpointWithResponseStreamCommand({
      EndpointName: endpoint,
      ContentType: "application/x-mine; v=1",
      Accept: "application/jsonlines",
      Body: body,
    }),
    signal === undefined ? {} : { abortSignal: signal },
  );
  const parts: Buffer[] = [];
  let failure: { name?: string; ErrorCode?: string } | undefined;
  try {
    for await (const event of answer.Body ?? []) {
      if (event.PayloadPart?.Bytes) parts.push(Buffer.from(event.PayloadPart.Bytes));
    }
  } catch (error) {
    failure = error as Error; // The SDK throws the stream's last event.
  }
  return { type: answer.ContentType, parts, failure };
}

const BODY = Buffer.from([0xff, 0x00, 0x7b, 0x0d, 0x0a, 0x80]);

describe("a container on the user's machine", () => {
  test("gets and answers exactly these bytes, whatever the image is called, write by write", async () => {
    const writes = [Buffer.from([0xf0, 0x9f]), Buffer.from([0x98, 0x80, 0x0a]), Buffer.from('{"half')];
    const server = await serve(async ({ path }, response) => {
      if (path === "/ping") return void response.end();
      response.writeHead(200, { "content-type": "text/x-own" });
      for (const write of writes) {
        response.write(write);
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      response.end();
    });
    const described = await createOn(
      `lmi:${server.url}`,
      "mine",
      "123.dkr.ecr.us-east-1.amazonaws.com/own:1",
    );
    expect(described.EndpointStatus).toBe("InService");
    const { type, parts } = await stream("mine", BODY);
    expect(type).toBe("text/x-own");
    expect(parts).toEqual(writes);
    const received = server.received.at(-1);
    expect(received?.path).toBe("/invocations");
    expect(received?.body).toEqual(BODY);
    expect(received?.headers).toMatchObject({
      "content-type": "application/x-mine; v=1",
      accept: "application/jsonlines",
    });
    const whole = await runtime.send(new InvokeEndpointCommand({ EndpointName: "mine", Body: BODY }));
    expect(Buffer.from(whole.Body ?? [])).toEqual(Buffer.concat(writes));
  });

  test("keeps its own errors, also below a path of DJL's, and a broken stream is SageMaker's to report", async () => {
    let status = 507;
    const server = await serve(({ path }, response) => {
      if (path === "/ping") return void response.end();
      response.writeHead(status).write("not enough");
      setTimeout(() => (status === 200 ? response.destroy() : response.end()), 40);
    });
    await createOn(`lmi:${server.url}/predictions/other`);
    await expect(stream("mine", BODY)).rejects.toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 507,
      OriginalMessage: "not enough",
    });
    expect(server.received.at(-1)?.path).toBe("/predictions/other");
    status = 200;
    expect((await stream("mine", BODY)).failure).toMatchObject({
      name: "ModelStreamError",
      ErrorCode: "StreamBroken",
    });
    const whole = runtime.send(new InvokeEndpointCommand({ EndpointName: "mine", Body: BODY }));
    await expect(whole).rejects.toMatchObject({ name: "ModelError", OriginalStatusCode: 500 });
  });

  test("loses its request within 200 ms of the client's leaving", async () => {
    const server = await serve(({ path }, response) => {
      if (path === "/ping") return void response.end();
      response.writeHead(200).write("first");
    });
    await createOn(`lmi:${server.url}`);
    const leaving = new AbortController();
    const reading = stream("mine", BODY, leaving.signal).catch(() => undefined);
    await expect.poll(() => server.received.at(-1)?.path).toBe("/invocations");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.cutAt).toHaveLength(0);
    const left = performance.now();
    leaving.abort();
    await expect.poll(() => server.cutAt.length, { interval: 5 }).toBe(1);
    expect((server.cutAt[0] ?? Number.NaN) - left).toBeLessThan(200);
    await reading;
  });
});

describe("an OpenAI-compatible server", () => {
  const CHUNK = {
    choices: [
      {
        text: "Paris",
        logprobs: { tokens: ["Paris"], token_logprobs: [-0.5], top_logprobs: [{ Paris: -0.5 }] },
        token_ids: [42],
        finish_reason: "stop",
        stop_reason: null,
      },
    ],
    usage: { prompt_tokens: 6 },
  };

  function serveModel(): Promise<Server> {
    return serve(async ({ path }, response) => {
      if (path === "/v1/models") {
        response.end(JSON.stringify({ data: [{ id: "org/model", owned_by: "vllm" }] }));
      } else {
        await sendEvents(response, [CHUNK]);
      }
    });
  }

  test("answers in the words of the endpoint's container, beside the other endpoints", async () => {
    const server = await serveModel();
    expect((await createOn(`openai:${server.url}#org/model`)).EndpointStatus).toBe("InService");
    const body = { inputs: "Capital?", stream: true, parameters: { details: true } };
    const { parts } = await stream("mine", Buffer.from(JSON.stringify(body)));
    const [line = ""] = Buffer.concat(parts).toString().split("\n");
    expect(JSON.parse(line)).toEqual({
      index: 0,
      token: { id: 42, text: "Paris", logprob: -0.5 },
      generated_text: "Paris",
      details: { finish_reason: "stop", seed: null, generated_tokens: 2, input_length: 6 },
    });
    // The standard engine of this test is none, and its endpoint still says so.
    await expect(stream("sagescope-demo", Buffer.from('{"inputs":"x"}'))).rejects.toMatchObject({
      OriginalMessage: expect.stringContaining("no language model"),
    });
  });

  test("that dies later leaves the container's own error, and its reason in the log", async () => {
    const server = await serveModel();
    await createOn(`openai:${server.url}`);
    await server.close();
    servers = [];
    await expect(stream("mine", Buffer.from('{"inputs":"x"}'))).rejects.toMatchObject({
      name: "ModelError",
      OriginalStatusCode: 503,
      OriginalMessage: expect.stringContaining("ServiceUnavailableException"),
    });
    expect(sandbox.lines.join("\n")).toMatch(
      /mine\/v1: The server at .* cannot be reached: connection refused/,
    );
  });
});

describe("an engine that cannot answer when its endpoint is created", () => {
  test.each([
    ["openai:http://127.0.0.1:9/v1", /cannot be reached: connection refused/],
    ["lmi:http://127.0.0.1:9", /container at .* cannot be reached/],
    ["gopher://127.0.0.1", /it must be demo, gguf:PATH, openai:URL or lmi:URL/],
  ])("%s fails the ping health check, and the log says why", async (engine, reason) => {
    const described = await createOn(engine);
    // At scale 0 everything has settled by now.
    expect(described.EndpointStatus).toBe("Failed");
    expect(described.FailureReason).toContain("production variant v1 did not pass the ping health check");
    expect(sandbox.lines.join("\n")).toMatch(reason);
  });

  test("a container whose ping is not 200 is such a one", async () => {
    const server = await serve((_, response) => void response.writeHead(404).end());
    expect((await createOn(`lmi:${server.url}`)).EndpointStatus).toBe("Failed");
    expect(sandbox.lines.join("\n")).toContain("GET /ping answered 404");
  });
});
