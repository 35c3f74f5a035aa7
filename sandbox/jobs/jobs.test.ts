import { gunzipSync } from "node:zlib";
import {
  CreateAIBenchmarkJobCommand,
  CreateAIRecommendationJobCommand,
  CreateAIWorkloadConfigCommand,
  DeleteAIBenchmarkJobCommand,
  DeleteAIWorkloadConfigCommand,
  DescribeAIBenchmarkJobCommand,
  DescribeAIRecommendationJobCommand,
  ListAIBenchmarkJobsCommand,
  ListTagsCommand,
  StopAIBenchmarkJobCommand,
} from "@aws-sdk/client-sagemaker";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { eventually, openTestAccount } from "../test-account.ts";

const RoleArn = "arn:aws:iam::000000000000:role/sandbox-execution-role";
const ENDED = ["Completed", "Failed", "Stopped"];
const metricSchema = z.looseObject({
  avg: z.number(),
  p50: z.number().optional(),
  min: z.number().optional(),
});
const exportSchema = z.looseObject({
  request_count: metricSchema,
  error_request_count: metricSchema,
  request_latency: metricSchema,
  time_to_first_token: metricSchema,
  inter_token_latency: metricSchema,
  output_sequence_length: metricSchema,
  output_token_throughput: metricSchema,
});

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ReturnType<typeof openTestAccount>;

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  account = openTestAccount(sandbox.url);
  await account.makeBucket("box");
});
afterEach(() => sandbox.close());

function makeWorkload(parameters: object, name = "load") {
  const Inline = JSON.stringify({ benchmark: { type: "aiperf" }, parameters });
  return account.sagemaker.send(
    new CreateAIWorkloadConfigCommand({
      AIWorkloadConfigName: name,
      AIWorkloadConfigs: { WorkloadSpec: { Inline } },
    }),
  );
}

function startBenchmark(name = "bench", more: object = {}) {
  return account.sagemaker.send(
    new CreateAIBenchmarkJobCommand({
      AIBenchmarkJobName: name,
      BenchmarkTarget: { Endpoint: { Identifier: "sagescope-demo" } },
      OutputConfig: { S3OutputLocation: "s3://box/results/" },
      AIWorkloadConfigIdentifier: "load",
      RoleArn,
      ...more,
    }),
  );
}

function ended(name = "bench") {
  return eventually(async () => {
    const job = await account.sagemaker.send(new DescribeAIBenchmarkJobCommand({ AIBenchmarkJobName: name }));
    return ENDED.includes(job.AIBenchmarkJobStatus ?? "") ? job : undefined;
  });
}

function script(changes: object = {}, times = 100) {
  const token = (text: string) => ({ id: 1, text, logProb: -1 });
  const tokens = [token("a"), token("b"), token("c")];
  return sandbox.control("script", {
    endpoint: "sagescope-demo",
    times,
    script: { tokens, finish: "eos", delayMs: 20, ...changes },
  });
}

/** The files of an archive, read by the header's own fields. */
function untar(bytes: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  for (let at = 0; bytes[at] !== 0 && at < bytes.length; ) {
    const size = Number.parseInt(bytes.toString("ascii", at + 124, at + 135), 8);
    const name = bytes.toString("ascii", at, at + 100).replace(/\0.*$/s, "");
    files[name] = bytes.toString("utf8", at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

describe("a benchmark job", () => {
  test("measures the endpoint's container and leaves AIPerf's export", async () => {
    await script();
    await makeWorkload({ concurrency: 2, request_count: 6, streaming: true, prompt_input_tokens_mean: 5 });
    await startBenchmark();
    expect(await ended()).toMatchObject({
      AIBenchmarkJobStatus: "Completed",
      OutputConfig: { S3OutputLocation: "s3://box/results/" },
    });
    const files = untar(gunzipSync(await account.readBytes("s3://box/results/bench/output/output.tar.gz")));
    const found = exportSchema.parse(JSON.parse(files["profile_export_aiperf.json"] ?? ""));
    expect([
      found.request_count.avg,
      found.error_request_count.avg,
      found.output_sequence_length.avg,
    ]).toEqual([6, 0, 3]);
    // The script's tokens are 20 ms apart; timers may be a millisecond early.
    expect(found.time_to_first_token.min).toBeGreaterThanOrEqual(18);
    expect(found.inter_token_latency.avg).toBeGreaterThanOrEqual(15);
    expect(found.request_latency.min).toBeGreaterThanOrEqual(56);
    const outputs = z.object({
      data: z.array(z.looseObject({ conversation_id: z.string(), response_text: z.string() })),
    });
    const { data } = outputs.parse(JSON.parse(files["outputs.json"] ?? ""));
    expect(data.map((row) => row.response_text)).toEqual(Array(6).fill("abc"));
    const dimensions = { EndpointName: "sagescope-demo", VariantName: "AllTraffic" };
    expect(
      (await account.metric("ModelLatency", dimensions, sandbox.settings.wall())).length,
    ).toBeGreaterThan(0);
  });

  test("whose requests all fail says why", async () => {
    await makeWorkload({ request_count: 2 });
    await startBenchmark();
    expect(await ended()).toMatchObject({
      AIBenchmarkJobStatus: "Failed",
      FailureReason: expect.stringMatching(/^Every request failed\. The first: 503/),
    });
  });

  test("without a bucket for its results fails", async () => {
    await script();
    await makeWorkload({ request_count: 1 });
    await startBenchmark("bench", { OutputConfig: { S3OutputLocation: "s3://none/x" } });
    expect((await ended()).FailureReason).toMatch(/^NoSuchBucket/);
  });

  test("can be stopped, and deleted after that", async () => {
    await script({ delayMs: 5000 });
    await makeWorkload({ request_count: 5 });
    await startBenchmark();
    const name = { AIBenchmarkJobName: "bench" };
    await expect(account.sagemaker.send(new DeleteAIBenchmarkJobCommand(name))).rejects.toMatchObject({
      name: "ValidationException",
    });
    const workload = new DeleteAIWorkloadConfigCommand({ AIWorkloadConfigName: "load" });
    await expect(account.sagemaker.send(workload)).rejects.toMatchObject({ name: "ResourceInUse" });
    await account.sagemaker.send(new StopAIBenchmarkJobCommand(name));
    expect((await ended()).AIBenchmarkJobStatus).toBe("Stopped");
    await account.sagemaker.send(new DeleteAIBenchmarkJobCommand(name));
    await account.sagemaker.send(workload);
    expect((await account.sagemaker.send(new ListAIBenchmarkJobsCommand({}))).AIBenchmarkJobs).toEqual([]);
  });

  test("that a restart interrupts begins again", async () => {
    await script({ delayMs: 9000 });
    await makeWorkload({ request_count: 1 });
    await startBenchmark();
    await sandbox.close();
    sandbox = await startTestSandbox({ scale: 0, folder: sandbox.settings.folder });
    account = openTestAccount(sandbox.url);
    // Without the script there is no model in this test.
    expect((await ended()).AIBenchmarkJobStatus).toBe("Failed");
  });

  test("is refused without its workload or endpoint, twice, and with a specification that is none", async () => {
    await expect(startBenchmark()).rejects.toMatchObject({ name: "ResourceNotFound" });
    await makeWorkload({ request_count: 1 });
    const nowhere = { BenchmarkTarget: { Endpoint: { Identifier: "none" } } };
    await expect(startBenchmark("x", nowhere)).rejects.toMatchObject({ name: "ResourceNotFound" });
    const { AIBenchmarkJobArn } = await startBenchmark("bench", { Tags: [{ Key: "team", Value: "search" }] });
    await expect(startBenchmark()).rejects.toMatchObject({ name: "ResourceInUse" });
    const tags = await account.sagemaker.send(new ListTagsCommand({ ResourceArn: AIBenchmarkJobArn }));
    expect(tags.Tags).toEqual([{ Key: "team", Value: "search" }]);
    await expect(makeWorkload({ concurrency: 0 }, "bad")).rejects.toMatchObject({
      message: expect.stringContaining("parameters.concurrency"),
    });
  });
});

describe("a recommendation job", () => {
  async function advise(metric: "cost" | "throughput" | "ttft-ms", more: object = {}) {
    await account.sagemaker.send(
      new CreateAIRecommendationJobCommand({
        AIRecommendationJobName: metric,
        ModelSource: { S3: { S3Uri: "s3://box/model/" } },
        OutputConfig: { S3OutputLocation: "s3://box/out" },
        AIWorkloadConfigIdentifier: "load",
        PerformanceTarget: { Constraints: [{ Metric: metric }] },
        RoleArn,
        ...more,
      }),
    );
    return eventually(async () => {
      const input = { AIRecommendationJobName: metric };
      const job = await account.sagemaker.send(new DescribeAIRecommendationJobCommand(input));
      return ENDED.includes(job.AIRecommendationJobStatus ?? "") ? job : undefined;
    });
  }

  test("answers what the weights fit, with the price and no other number", async () => {
    await makeWorkload({});
    await account.put("box", "model/model.safetensors", "x".repeat(1000));
    const InstanceTypes = ["ml.g5.12xlarge" as const, "ml.g5.xlarge" as const];
    const job = await advise("cost", { ComputeSpec: { InstanceTypes } });
    expect(job).toMatchObject({ AIRecommendationJobStatus: "Completed" });
    expect(job.Recommendations).toMatchObject([
      {
        DeploymentConfiguration: {
          InstanceType: "ml.g5.xlarge",
          CopyCountPerInstance: 1,
          ImageUri: expect.stringMatching(
            /^763104351884\.dkr\.ecr\.us-east-1\.amazonaws\.com\/djl-inference:0\.36/,
          ),
          EnvironmentVariables: { OPTION_TENSOR_PARALLEL_DEGREE: "1" },
          S3: [{ ChannelName: "model", Uri: "s3://box/model/" }],
        },
        ExpectedPerformance: [{ Metric: "cost", Value: "1.408" }],
      },
      { DeploymentConfiguration: { InstanceType: "ml.g5.12xlarge", CopyCountPerInstance: 4 } },
    ]);
    expect(job.Recommendations).toHaveLength(2);
  });

  test("of nothing fails", async () => {
    await makeWorkload({});
    expect(await advise("ttft-ms")).toMatchObject({
      AIRecommendationJobStatus: "Failed",
      FailureReason: expect.stringContaining("no model weights under s3://box/model/"),
    });
  });
});
