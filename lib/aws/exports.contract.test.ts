import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListTagsCommand,
} from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Result } from "#lib/failure.ts";
import { GUIDED_EXAMPLE } from "#lib/plan/guided-example.ts";
import { BLANK_PLAN, type Plan } from "#lib/plan/plan.ts";
import { type ExportKind, renderExport } from "#lib/plan/render-export.ts";
import { digestPlan, type Resources, resourcesOf } from "#lib/plan/resources.ts";
import { s3, sagemaker } from "./clients.ts";
import { connectTo } from "./connect-to.ts";
import { deployPlan } from "./deploy-plan.ts";
import { ownershipTags } from "./ownership-tags.ts";
import { type Peer, spawnPeer } from "./spawn-peer.ts";
import { uploadArchive } from "./upload-archive.ts";

const run = promisify(execFile);
const EXPIRY = "2030-01-01T00:00:00Z";
const ROLE = "arn:aws:iam::000000000000:role/sandbox-execution-role";
/** Quotes, dollars and other alphabets: what a shell or Python would take for its own. */
const ODD = `it's "5 $HOME" \\ 日本`;

const PLANS: Record<string, Plan> = {
  "the guided example": {
    ...GUIDED_EXAMPLE,
    bucket: "sagemaker-us-west-2-000000000000",
    executionRoleArn: ROLE,
    tags: [{ key: "team", value: "search" }],
  },
  "vLLM by variables alone": {
    ...BLANK_PLAN,
    modelId: "sagescope/demo",
    properties: "option.model_id=sagescope/demo\noption.max_model_len=1024\n",
    environment: { GREETING: ODD },
    instanceType: "ml.g5.xlarge",
    instanceCount: 2,
    endpointName: "variables",
    executionRoleArn: ROLE,
  },
};

async function isThere(program: string, ...words: string[]): Promise<boolean> {
  return run(program, words).then(
    () => true,
    () => false,
  );
}

const missing: Partial<Record<ExportKind, string>> = {
  ...((await isThere("python3", "-c", "import boto3")) ? {} : { boto3: "python3 has no boto3" }),
  ...((await isThere("aws", "--version")) ? {} : { cli: "no aws" }),
};

let peer: Peer;
beforeAll(async () => {
  const state = mkdtempSync(join(tmpdir(), "sagescope-exports-"));
  peer = await spawnPeer({
    command: process.execPath,
    args: (port) => [
      ...["sandbox/start.mjs", "--port", `${port}`, "--clock", "0", "--fresh", "--state", state],
      ...["--parent", `${process.pid}`],
    ],
    probe: "/_sandbox/state",
  });
});
afterAll(() => peer?.stop());

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

async function resources(plan: Plan): Promise<Resources> {
  const tags = ownershipTags(plan.endpointName, [], EXPIRY).map(({ Key = "", Value = "" }) => ({
    Key,
    Value,
  }));
  return unwrap(resourcesOf(plan, { digests: await digestPlan(plan), tags }));
}

/** An account without anything but the bucket of the plan. */
async function begin(plan: Plan) {
  expect((await fetch(`${peer.url}/_sandbox/reset`, { method: "POST" })).ok).toBe(true);
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  process.env.AWS_REGION = plan.region;
  if (plan.bucket !== "") {
    const bytes = new Uint8Array([1]);
    const spare = { bytes, bucket: plan.bucket, key: "spare", createBucket: true };
    unwrap(await uploadArchive({ ...spare, onProgress: () => undefined }));
  }
}

async function deployHere(plan: Plan) {
  const { archive } = await resources(plan);
  if (archive) unwrap(await uploadArchive({ ...archive, createBucket: false, onProgress: () => undefined }));
  unwrap(await deployPlan({ plan, expiresAt: EXPIRY, resumes: false }));
}

/** Runs an export as a person would, with nothing but the variables that say where AWS is. */
async function deployByExport(plan: Plan, kind: "boto3" | "cli") {
  const folder = mkdtempSync(join(tmpdir(), "sagescope-export-"));
  writeFileSync(join(folder, "deploy"), renderExport(kind, await resources(plan)));
  const { AWS_REGION: _region, ...rest } = process.env;
  const env = { ...rest, AWS_PAGER: "" };
  await run(kind === "boto3" ? "python3" : "sh", ["deploy"], { cwd: folder, env });
}

/** Everything that the account tells of the endpoint, but for when it was made. */
async function tellAccount(plan: Plan) {
  const client = sagemaker();
  const endpoint = await client.send(new DescribeEndpointCommand({ EndpointName: plan.endpointName }));
  const config = await client.send(
    new DescribeEndpointConfigCommand({ EndpointConfigName: endpoint.EndpointConfigName }),
  );
  const model = await client.send(
    new DescribeModelCommand({ ModelName: config.ProductionVariants?.[0]?.ModelName }),
  );
  const tagsOf = async (ResourceArn: string | undefined) =>
    (await client.send(new ListTagsCommand({ ResourceArn }))).Tags;
  const url = model.PrimaryContainer?.ModelDataUrl;
  return {
    told: withoutTimes({ endpoint, config, model }),
    tags: [
      await tagsOf(endpoint.EndpointArn),
      await tagsOf(config.EndpointConfigArn),
      await tagsOf(model.ModelArn),
    ],
    archive: url ? await readObject(url) : null,
  };
}

async function readObject(url: string): Promise<string> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url) ?? [];
  const { Body } = await s3().send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString("base64")) ?? "";
}

function withoutTimes(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, entry) => (/Time$|^\$metadata$/.test(key) ? undefined : entry)),
  );
}

// The command starts Python for each of its calls.
const PATIENCE = 120_000;

describe.each(Object.entries(PLANS))("%s", (_name, plan) => {
  let own: Awaited<ReturnType<typeof tellAccount>>;
  beforeAll(async () => {
    await begin(plan);
    await deployHere(plan);
    own = await tellAccount(plan);
  });

  it("is deployed by Sagescope with its tags and its archive", () => {
    expect(own.told).toMatchObject({ endpoint: { EndpointStatus: "InService" } });
    const count = 3 + plan.tags.length;
    expect(own.tags.map((tags) => tags?.length)).toEqual([count, count, count]);
    expect(own.archive === null).toBe(plan.carrier === "environment");
  });

  for (const kind of ["boto3", "cli"] as const) {
    const reason = missing[kind];
    it.skipIf(reason)(
      `is by its ${kind} export the same account${reason ? ` (${reason})` : ""}`,
      async () => {
        await begin(plan);
        await deployByExport(plan, kind);
        expect(await tellAccount(plan)).toEqual(own);
      },
      PATIENCE,
    );
  }
});
