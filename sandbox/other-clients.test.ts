import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestSandbox } from "./start-test-sandbox.ts";

const run = promisify(execFile);

async function isThere(program: string, ...words: string[]): Promise<boolean> {
  return run(program, words).then(
    () => true,
    () => false,
  );
}

const hasBoto = await isThere("python3", "-c", "import boto3");
const hasCli = await isThere("aws", "--version");

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;

beforeAll(async () => {
  // The clients wait in real time, so the clock is real and settles everything at once.
  sandbox = await startTestSandbox({ scale: 0, wall: Date.now });
  const tokens = [{ id: 1, text: "é", logProb: -0.5 }];
  await sandbox.control("script", {
    endpoint: "sagescope-demo",
    times: 1,
    script: { tokens, finish: "eos" },
  });
});
afterAll(() => sandbox.close());

type Found = {
  endpoints: string[];
  tags: object[];
  text: string;
  errors: Record<string, [string, string]>;
  account: string;
  strays: string[];
  checked: string[];
};

describe.skipIf(!hasBoto)(`boto3${hasBoto ? "" : " (skipped: python3 has no boto3)"}`, () => {
  test("creates, waits, lists, streams and deletes, and finds AWS's own shapes", {
    timeout: 60_000,
  }, async () => {
    const { stdout } = await run("python3", [join(import.meta.dirname, "other-clients.py"), sandbox.url]);
    const found = JSON.parse(stdout) as Found;
    expect(found.strays).toEqual([]);
    expect(found.checked).toEqual(
      "AddTags CreateEndpoint CreateEndpointConfig CreateModel DeleteTags DescribeEndpoint DescribeEndpointConfig DescribeModel ListEndpointConfigs ListEndpoints ListModels ListTags".split(
        " ",
      ),
    );
    expect(found.endpoints).toEqual(["boto-1", "sagescope-demo-lmi-026", "sagescope-demo"]);
    expect(found.tags).toEqual([{ Key: "a", Value: "b" }]);
    expect(found.text).toContain('"generated_text": "é"');
    expect(found.account).toBe("000000000000");
    expect(found.errors).toEqual({
      validation: [
        "ValidationException",
        expect.stringMatching(/^1 validation error detected: Value 'a_b' at 'endpointName'/),
      ],
      missing: ["ValidationException", expect.stringMatching(/^Could not find endpoint "arn:/)],
      unknown: ["UnknownOperationException", expect.stringContaining("ListTrainingJobs")],
      invoke: ["ValidationError", "Endpoint nope of account 000000000000 not found."],
    });
  });
});

describe.skipIf(!hasCli)(`the AWS CLI${hasCli ? "" : " (skipped: aws is not installed)"}`, () => {
  test("lists and describes", { timeout: 30_000 }, async () => {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: "sandbox",
      AWS_SECRET_ACCESS_KEY: "sandbox",
      AWS_DEFAULT_REGION: "eu-central-1",
    };
    const aws = async (...words: string[]) =>
      JSON.parse(
        (await run("aws", ["--endpoint-url", sandbox.url, "--output", "json", ...words], { env })).stdout,
      );
    const { Endpoints } = (await aws("sagemaker", "list-endpoints")) as {
      Endpoints: { EndpointArn: string }[];
    };
    expect(Endpoints.map((endpoint) => endpoint.EndpointArn)).toContain(
      "arn:aws:sagemaker:eu-central-1:000000000000:endpoint/sagescope-demo",
    );
    const described = await aws("sagemaker", "describe-endpoint", "--endpoint-name", "sagescope-demo");
    expect(described).toMatchObject({ EndpointStatus: "InService" });
  });
});
