import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ContainerDefinition,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateInferenceComponentCommand,
  DescribeEndpointCommand,
  DescribeInferenceComponentCommand,
  UpdateEndpointCommand,
} from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { openTestAccount } from "../test-account.ts";

const OLD = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.26.0-tensorrtllm0.7.1-cu122";
const LINES =
  "engine=MPI\noption.rolling_batch=auto\noption.output_formatter=jsonlines\noption.token=hidden\n";
const URL = "s3://box/m/model.tar.gz";

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ReturnType<typeof openTestAccount>;

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  account = openTestAccount(sandbox.url);
  await account.makeBucket("box");
  await account.put("box", "m/model.tar.gz", pack(LINES));
});
afterEach(() => sandbox.close());

function pack(properties: string): Uint8Array<ArrayBuffer> {
  const cwd = mkdtempSync(join(tmpdir(), "model-data-"));
  writeFileSync(join(cwd, "serving.properties"), properties);
  writeFileSync(join(cwd, "model.py"), "");
  execFileSync("tar", ["-czf", "model.tar.gz", "serving.properties", "model.py"], { cwd });
  return new Uint8Array(readFileSync(join(cwd, "model.tar.gz")));
}

function deploy(name: string, container: Partial<ContainerDefinition>, environment = {}) {
  return account.makeEndpoint(name, {}, environment, OLD, container);
}

function describeEndpoint(name: string) {
  return account.sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
}

async function ask(name: string, component?: string) {
  await sandbox.control("script", {
    endpoint: name,
    script: { tokens: [{ id: 7, text: "Hi", logProb: -0.5 }], finish: "length" },
  });
  const answer = await account.runtime.send(
    new InvokeEndpointCommand({
      EndpointName: name,
      Body: Buffer.from('{"inputs":"x","parameters":{"details":true}}'),
      ...(component === undefined ? {} : { InferenceComponentName: component }),
    }),
  );
  return Buffer.from(answer.Body).toString();
}

async function logged(group: string): Promise<string> {
  const headers = {
    "x-amz-target": "Logs_20140328.FilterLogEvents",
    "content-type": "application/x-amz-json-1.1",
    authorization:
      "AWS4-HMAC-SHA256 Credential=other/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0",
  };
  const body = JSON.stringify({ logGroupName: group });
  return (await fetch(sandbox.url, { method: "POST", headers, body })).text();
}

const ANSWER =
  '{"token": {"id": 7, "text": "Hi", "log_prob": -0.5}, "generated_text": "Hi", "details": {"finish_reason": "length"}}\n';

describe("serving.properties at the model's address", () => {
  test("decides the container, and is told in its log without secrets", async () => {
    await deploy("e", { ModelDataUrl: URL });
    expect((await describeEndpoint("e")).EndpointStatus).toBe("InService");
    expect(await ask("e")).toBe(ANSWER);
    const lines = await logged("/aws/sagemaker/Endpoints/e");
    expect(lines).toContain("serving.properties: option.output_formatter=jsonlines");
    expect(lines).toContain("model.py");
    expect(lines).not.toContain("hidden");
  });

  test("is stronger than a variable, and leaves what it does not name to it", async () => {
    await account.put("box", "m/model.tar.gz", pack("option.rolling_batch=trtllm\n"));
    await deploy(
      "e",
      { ModelDataUrl: URL },
      { OPTION_ROLLING_BATCH: "vllm", OPTION_OUTPUT_FORMATTER: "jsonlines" },
    );
    expect(await ask("e")).toBe(ANSWER);
  });

  test("is read from a prefix, from HTTPS addresses, and for a component", async () => {
    await account.put("box", "w/serving.properties", LINES);
    const S3DataSource = { S3Uri: "s3://box/w/", S3DataType: "S3Prefix", CompressionType: "None" } as const;
    await deploy("prefix", { ModelDataSource: { S3DataSource } });
    expect(await ask("prefix")).toBe(ANSWER);
    await deploy("https", { ModelDataUrl: "https://box.s3.us-east-1.amazonaws.com/m/model.tar.gz" });
    expect(await ask("https")).toBe(ANSWER);

    const ExecutionRoleArn = "arn:aws:iam::000000000000:role/sandbox-execution-role";
    const variant = { VariantName: "v1", InstanceType: "ml.g5.xlarge", InitialInstanceCount: 1 } as const;
    await account.sagemaker.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: "bare",
        ExecutionRoleArn,
        ProductionVariants: [variant],
      }),
    );
    await account.sagemaker.send(
      new CreateEndpointCommand({ EndpointName: "bare", EndpointConfigName: "bare" }),
    );
    for (const [name, ArtifactUrl] of [
      ["there", URL],
      ["gone", "s3://box/gone.tar.gz"],
    ] as const) {
      await account.sagemaker.send(
        new CreateInferenceComponentCommand({
          InferenceComponentName: name,
          EndpointName: "bare",
          VariantName: "v1",
          RuntimeConfig: { CopyCount: 1 },
          Specification: {
            Container: { Image: OLD, ArtifactUrl },
            ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024 },
          },
        }),
      );
    }
    expect(await ask("bare", "there")).toBe(ANSWER);
    const gone = await account.sagemaker.send(
      new DescribeInferenceComponentCommand({ InferenceComponentName: "gone" }),
    );
    expect(gone).toMatchObject({
      InferenceComponentStatus: "Failed",
      FailureReason: expect.stringContaining("Could not access model data at s3://box/gone.tar.gz."),
    });
  });
});

describe("model data that cannot be used", () => {
  test.each([
    ["s3://box/none.tar.gz", "The specified key does not exist"],
    ["s3://elsewhere/model.tar.gz", "The specified bucket does not exist"],
    ["https://example.com/model.tar.gz", "The specified bucket does not exist"],
  ])("%s is not there", async (ModelDataUrl, why) => {
    await deploy("e", { ModelDataUrl });
    expect(await describeEndpoint("e")).toMatchObject({
      EndpointStatus: "Failed",
      FailureReason: expect.stringContaining(`Could not access model data at ${ModelDataUrl}.`),
    });
    expect(await logged("/aws/sagemaker/Endpoints/e")).toContain(why);
  });

  test("an archive that is none fails the endpoint, and an update with it goes back", async () => {
    await deploy("e", { ModelDataUrl: URL });
    await account.put("box", "broken.tar.gz", "no archive");
    await deploy("broken", { ModelDataUrl: "s3://box/broken.tar.gz" });
    const reason = expect.stringContaining(
      'Failed to extract model data archive for container "primary" from URL "s3://box/broken.tar.gz".',
    );
    expect(await describeEndpoint("broken")).toMatchObject({
      EndpointStatus: "Failed",
      FailureReason: reason,
    });
    expect(await logged("/aws/sagemaker/Endpoints/broken")).toContain("gzip: incorrect header check");
    await account.sagemaker.send(
      new UpdateEndpointCommand({ EndpointName: "e", EndpointConfigName: "broken" }),
    );
    expect(await describeEndpoint("e")).toMatchObject({ EndpointStatus: "InService", FailureReason: reason });
    expect(await ask("e")).toBe(ANSWER);
  });

  test("what was read at the start serves on when the object is gone", async () => {
    await deploy("e", { ModelDataUrl: URL });
    await account.put("box", "m/model.tar.gz", "no archive");
    expect(await ask("e")).toBe(ANSWER);
  });
});
