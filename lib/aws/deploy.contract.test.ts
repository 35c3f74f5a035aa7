import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { DescribeModelCommand, ListModelsCommand } from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Result } from "#lib/failure.ts";
import { archiveKey, digestOf } from "#lib/package/model-archive.ts";
import { BLANK_PLAN, type Plan } from "#lib/plan/plan.ts";
import { packPlan } from "#lib/plan/resources.ts";
import { checkRole } from "./check-role.ts";
import { s3, sagemaker } from "./clients.ts";
import { connectTo } from "./connect-to.ts";
import { defaultBucket } from "./default-bucket.ts";
import { deployPlan } from "./deploy-plan.ts";
import { describeComponent } from "./describe-component.ts";
import { describeEndpoint } from "./describe-endpoint.ts";
import { listExecutionRoles } from "./list-execution-roles.ts";
import { listWithExpiries } from "./list-with-expiries.ts";
import { readAccountFacts } from "./read-account-facts.ts";
import { readBucket } from "./read-bucket.ts";
import { readEndpointLogs } from "./read-endpoint-logs.ts";
import { readImage } from "./read-image.ts";
import { readInstanceQuota } from "./read-instance-quota.ts";
import { readPrice } from "./read-price.ts";
import { readWeights } from "./read-weights.ts";
import type { Peer } from "./spawn-peer.ts";
import { spawnSandbox } from "./spawn-sandbox.ts";
import { uploadArchive } from "./upload-archive.ts";

const TYPE = "ml.g5.xlarge";
let peer: Peer;
let role = "";

beforeAll(async () => {
  peer = await spawnSandbox();
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  role = unwrap(await listExecutionRoles())[0] ?? "";
});
afterAll(() => peer.stop());

function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

function deny(denied: string[]): Promise<Response> {
  return fetch(`${peer.url}/_sandbox/switches`, { method: "POST", body: JSON.stringify({ denied }) });
}

function plan(change: Partial<Plan> = {}): Plan {
  return {
    ...BLANK_PLAN,
    modelId: "sagescope/demo",
    properties: "option.model_id=sagescope/demo\noption.rolling_batch=auto\n",
    environment: { HF_TOKEN: "hf_hidden" },
    instanceType: TYPE,
    endpointName: "planned",
    executionRoleArn: role,
    ...change,
  };
}

describe("what a deployment asks the account", () => {
  it("lists the roles that SageMaker may take on, and tells the others", async () => {
    expect(role).toMatch(/^arn:aws:iam::\d{12}:role\//);
    const needed = [{ action: "s3:GetObject", resource: "arn:aws:s3:::weights/*" }];
    expect(unwrap(await checkRole(role, needed))).toEqual({
      exists: true,
      trustsSageMaker: true,
      actions: [{ ...needed[0], isAllowed: true }],
    });
    const other = role.replace(/[^/]*$/, "sandbox-role-of-ec2");
    expect(unwrap(await checkRole(other, needed))).toMatchObject({ exists: true, trustsSageMaker: false });
    const missing = role.replace(/[^/]*$/, "nobody");
    expect(unwrap(await checkRole(missing, needed))).toMatchObject({ exists: false });
  });

  it("says that an action is denied", async () => {
    await deny(["s3:GetObject"]);
    const needed = [
      { action: "s3:GetObject", resource: "arn:aws:s3:::weights/*" },
      { action: "s3:ListBucket", resource: "arn:aws:s3:::weights" },
    ];
    const { actions } = unwrap(await checkRole(role, needed));
    await deny([]);
    expect(actions?.map(({ action, isAllowed }) => [action, isAllowed])).toEqual([
      ["s3:GetObject", false],
      ["s3:ListBucket", true],
    ]);
  });

  it("asks the region's registry for the image, and says what it has instead", async () => {
    const uri = (tag: string) => `763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:${tag}`;
    const others = ["0.26.0-deepspeed0.12.6-cu121", "0.27.0-none"];
    // Refused first, so that nothing is remembered of it.
    await deny(["ecr:BatchGetImage"]);
    const refused = await readImage(uri("0.33.0-lmi15.0.0-cu128"), others);
    await deny([]);
    expect(refused).toMatchObject({
      failure: {
        code: "not-allowed",
        message: expect.stringMatching(/ecr:BatchGetImage on arn:aws:ecr:us-east-1:763104351884:repository/),
        detail: expect.stringContaining('"Action": "ecr:BatchGetImage"'),
      },
    });
    expect(unwrap(await readImage(uri("0.33.0-lmi15.0.0-cu128"), others))).toEqual({ exists: true });
    // Seen once, it is not asked for again.
    await deny(["ecr:*"]);
    expect(unwrap(await readImage(uri("0.33.0-lmi15.0.0-cu128"), others))).toEqual({ exists: true });
    await deny([]);
    const absent = { exists: false, others: others.slice(0, 1) };
    expect(unwrap(await readImage(uri("0.33.0-lmi15.0.0-cu999"), others))).toEqual(absent);
    const training = uri("0.1").replace("djl-inference", "djl-training");
    expect(unwrap(await readImage(training, others))).toEqual({ exists: false, others: [] });
    const foreign = uri("0.1").replace("763104351884", "111122223333");
    expect(await readImage(foreign, others)).toMatchObject({ failure: { code: "not-allowed" } });
  });

  it("tells a bucket that is missing, here and in another region", async () => {
    const missing = await readBucket("sagescope-no-such-bucket");
    expect(unwrap(missing)).toEqual({ exists: false });
    const far = new S3Client({ region: "eu-west-1", forcePathStyle: true });
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
    await far.send(new CreateBucketCommand({ Bucket: "sagescope-far", CreateBucketConfiguration }));
    const elsewhere = { exists: true, region: "eu-west-1", isDenied: false };
    expect(unwrap(await readBucket("sagescope-far"))).toEqual(elsewhere);
    await s3().send(new CreateBucketCommand({ Bucket: "sagescope-near" }));
    expect(unwrap(await readBucket("sagescope-near"))).toEqual({ ...elsewhere, region: "us-east-1" });
  });

  it("tells whether weights lie under an address, which is a folder and no beginning of a name", async () => {
    await s3().send(new CreateBucketCommand({ Bucket: "sagescope-weights" }));
    await s3().send(new PutObjectCommand({ Bucket: "sagescope-weights", Key: "llama-2/a.bin", Body: "x" }));
    const found = async (address: string) => {
      const weights = await readWeights(address);
      return weights && unwrap(weights).found;
    };
    expect(await found("s3://sagescope-weights")).toBe(true);
    expect(await found("s3://sagescope-weights/llama-2/")).toBe(true);
    expect(await found("s3://sagescope-weights/llama-2")).toBe(true);
    expect(await found("s3://sagescope-weights/llama")).toBe(false);
    expect(await found("s3://sagescope-no-such-bucket/llama-2")).toBe(false);
    expect(await found("mistralai/Mixtral-8x7B-v0.1")).toBeNull();
  });

  it("reads prices that are known, and says null where none is", async () => {
    const price = unwrap(await readPrice({ instanceType: TYPE, region: "us-east-1" }));
    expect(price).toBeGreaterThan(0.5);
    expect(unwrap(await readPrice({ instanceType: "ml.no-such.xlarge", region: "us-east-1" }))).toBeNull();
  });

  it("counts running instances against the quota", async () => {
    const quota = unwrap(await readInstanceQuota(TYPE));
    expect(quota).toMatchObject({ name: `${TYPE} for endpoint usage`, used: expect.any(Number) });
    expect(unwrap(await readInstanceQuota("ml.no-such.xlarge"))).toBeNull();
  });
});

describe("a planned deployment", () => {
  it("uploads an archive once, under a key of its content, with its checksum", async () => {
    const bytes = packPlan(plan({ carrier: "archive" }));
    const digest = await digestOf(bytes);
    const bucket = defaultBucket("us-east-1", "000000000000");
    const key = archiveKey("sagescope", digest);
    const seen: number[] = [];
    const upload = () =>
      uploadArchive({ bytes, bucket, key, createBucket: true, onProgress: ({ sent }) => seen.push(sent) });
    expect(unwrap(await upload())).toEqual({
      url: `s3://${bucket}/${key}`,
      bytes: bytes.length,
      sha256: digest,
      wasThere: false,
    });
    expect(seen.at(-1)).toBe(bytes.length);
    expect(unwrap(await upload()).wasThere).toBe(true);
    const stored = await s3().send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect(await digestOf(new Uint8Array((await stored.Body?.transformToByteArray()) ?? []))).toBe(digest);
  });

  it("says that a bucket is missing", async () => {
    const bytes = new Uint8Array([1]);
    const upload = await uploadArchive({
      bytes,
      bucket: "no-such-bucket-here",
      key: "k",
      createBucket: false,
      onProgress: () => undefined,
    });
    expect(upload).toMatchObject({ ok: false, failure: { code: "not-found", field: "bucket" } });
  });

  it("makes the endpoint with its expiry, and takes a repeat after a crash for its own", async () => {
    const deploy = { plan: plan(), expiresAt: "2030-01-31T18:00:00Z", resumes: false };
    expect(unwrap(await deployPlan(deploy))).toEqual({ name: "planned" });
    const { endpoint } = unwrap(await describeEndpoint("planned"));
    expect(endpoint.tags).toContainEqual({ key: "sagescope:expires-at", value: "2030-01-31T18:00:00Z" });
    expect(endpoint.variants[0]?.container?.environment).toMatchObject({
      OPTION_MODEL_ID: "sagescope/demo",
      OPTION_ROLLING_BATCH: "auto",
    });

    expect(await deployPlan(deploy)).toMatchObject({ ok: false, failure: { code: "conflict" } });
    expect(unwrap(await deployPlan({ ...deploy, resumes: true }))).toEqual({ name: "planned" });
    const other = { ...deploy, plan: plan({ instanceType: "ml.g5.2xlarge" }), resumes: true };
    expect(await deployPlan(other)).toMatchObject({ ok: false, failure: { code: "conflict" } });
  });

  it("says in the list when the endpoint was meant to be gone, and lists all the same where tags are hidden", async () => {
    const expiryOf = async () =>
      unwrap(await listWithExpiries()).find(({ name }) => name === "planned")?.expiresAt;
    globalThis.sagescopeExpiries = undefined;
    expect(await expiryOf()).toBe(Date.parse("2030-01-31T18:00:00Z"));
    globalThis.sagescopeExpiries = undefined;
    await deny(["sagemaker:Search"]);
    expect(await expiryOf()).toBeUndefined();
    await deny([]);
  });

  it("takes back what it made when the last step is refused", async () => {
    const before = (await sagemaker().send(new ListModelsCommand({ MaxResults: 100 }))).Models?.length;
    const refused = await deployPlan({
      plan: plan({ endpointName: "planned", environment: { OTHER: "1" } }),
      expiresAt: null,
      resumes: false,
    });
    expect(refused).toMatchObject({ failure: { hint: expect.stringContaining("was taken back") } });
    expect((await sagemaker().send(new ListModelsCommand({ MaxResults: 100 }))).Models?.length).toBe(before);
  });

  it("tells the pre-flight what the account has", async () => {
    expect(await readAccountFacts(plan())).toMatchObject({
      endpointExists: true,
      componentExists: null,
      role: { exists: true, trusts: true },
      quota: { limit: expect.any(Number), used: expect.any(Number) },
      region: "us-east-1",
      image: { exists: true },
      bucket: null,
      host: null,
      trouble: {},
    });
    const bucket = defaultBucket("us-east-1", "000000000000");
    const facts = await readAccountFacts(plan({ endpointName: "free", carrier: "archive", bucket }));
    expect(facts).toMatchObject({ endpointExists: false, bucket: { exists: true, region: "us-east-1" } });
    expect(facts.permissions?.map(({ action }) => action)).toContain("s3:GetObject");
  });

  it("reads the container's log from its first line on", async () => {
    const log = unwrap(await readEndpointLogs({ name: "planned", kind: "endpoint", since: null }));
    expect(log.lines.some(({ text }) => text.includes("GET /ping"))).toBe(true);
    expect(log.lines.map(({ text }) => text).join("\n")).not.toContain("hidden");
    const none = await readEndpointLogs({ name: "never-was", kind: "endpoint", since: null });
    expect(unwrap(none)).toEqual({ lines: [], cursor: null, isCut: false });
  });

  it("puts a component onto an endpoint that is there", async () => {
    expect(await describeComponent("no-such")).toMatchObject({ ok: false, failure: { code: "not-found" } });
    const target = {
      kind: "component" as const,
      componentName: "part",
      variantName: "AllTraffic",
      copies: 1,
      accelerators: 1,
      memoryMb: 1_024,
    };
    const refused = await deployPlan({ plan: plan({ target }), expiresAt: null, resumes: false });
    expect(refused.ok).toBe(false);
    expect(refused.ok ? "" : refused.failure.message).not.toBe("");
    const model = await sagemaker()
      .send(new DescribeModelCommand({ ModelName: "part-00000000" }))
      .catch(() => null);
    expect(model).toBeNull();
  });
});
