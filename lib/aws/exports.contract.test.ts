import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
} from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GUIDED_EXAMPLE } from "#lib/plan/guided-example.ts";
import type { Plan } from "#lib/plan/plan.ts";
import { type ExportKind, renderExport } from "#lib/plan/render-export.ts";
import { digestPlan, packPlan, resourcesOf } from "#lib/plan/resources.ts";
import { s3, sagemaker } from "./clients.ts";
import { connectTo } from "./connect-to.ts";
import { deployPlan } from "./deploy-plan.ts";
import type { Peer } from "./spawn-peer.ts";
import { spawnSandbox } from "./spawn-sandbox.ts";
import { uploadArchive } from "./upload-archive.ts";

const run = promisify(execFile);
const BUCKET = "sagescope-exports";
const PLAN: Plan = {
  ...GUIDED_EXAMPLE,
  region: "us-east-1",
  endpointName: "exported",
  bucket: BUCKET,
  executionRoleArn: "arn:aws:iam::000000000000:role/sandbox-execution-role",
};
let peer: Peer;

beforeAll(async () => {
  peer = await spawnSandbox();
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  await s3().send(new CreateBucketCommand({ Bucket: BUCKET }));
});
afterAll(() => peer.stop());

async function resources() {
  const made = resourcesOf(PLAN, { digests: await digestPlan(PLAN), tags: [] });
  return made.ok ? made.value : expect.fail(made.failure.message);
}

/** What SageMaker says was made, without moments and what it counts up itself; then all of it goes again. */
async function takeAway() {
  const { model, endpointConfig } = await resources();
  const names = {
    ModelName: model.ModelName,
    EndpointConfigName: endpointConfig?.EndpointConfigName ?? "",
    EndpointName: PLAN.endpointName,
  };
  const [made, config, endpoint] = await Promise.all([
    sagemaker().send(new DescribeModelCommand(names)),
    sagemaker().send(new DescribeEndpointConfigCommand(names)),
    sagemaker().send(new DescribeEndpointCommand(names)),
  ]);
  await sagemaker().send(new DeleteEndpointCommand(names));
  await sagemaker().send(new DeleteEndpointConfigCommand(names));
  await sagemaker().send(new DeleteModelCommand(names));
  return {
    container: made.PrimaryContainer,
    role: made.ExecutionRoleArn,
    variants: config.ProductionVariants,
    config: endpoint.EndpointConfigName,
    status: endpoint.EndpointStatus,
  };
}

async function byTheWizard() {
  const { archive } = await resources();
  if (!archive) throw new Error("the guided example travels as an archive");
  const upload = { bytes: packPlan(PLAN), bucket: BUCKET, key: archive.key, createBucket: false };
  expect(await uploadArchive({ ...upload, onProgress: () => undefined })).toMatchObject({ ok: true });
  expect(await deployPlan({ plan: PLAN, expiresAt: null, resumes: false })).toMatchObject({ ok: true });
  return takeAway();
}

async function byProgram(kind: ExportKind, command: string) {
  const folder = mkdtempSync(join(tmpdir(), "sagescope-export-"));
  const program = join(folder, "program");
  writeFileSync(program, renderExport(kind, await resources()));
  await run(command, [program], { cwd: folder, timeout: 60_000 });
  return takeAway();
}

async function isThere(command: string, ...words: string[]): Promise<boolean> {
  return run(command, words).then(
    () => true,
    () => false,
  );
}

const boto = await isThere("python3", "-c", "import boto3");
const cli = await isThere("aws", "--version");

describe("a plan that is taken away makes what the wizard makes", () => {
  it.skipIf(!boto)(
    `as a program with boto3${boto ? "" : " (not installed)"}`,
    async () => {
      const mine = await byTheWizard();
      expect(mine.status).toBe("InService");
      expect(await byProgram("boto3", "python3")).toEqual(mine);
    },
    90_000,
  );

  it.skipIf(!cli)(
    `as commands of the AWS CLI${cli ? "" : " (not installed)"}`,
    async () => {
      const mine = await byTheWizard();
      expect(await byProgram("cli", "bash")).toEqual(mine);
    },
    120_000,
  );
});
