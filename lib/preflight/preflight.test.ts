import { describe, expect, it } from "vitest";
import { findModel } from "#lib/fit/model-catalogue.ts";
import { GUIDED_EXAMPLE } from "#lib/plan/guided-example.ts";
import type { Plan } from "#lib/plan/plan.ts";
import type { AccountFacts } from "./account-facts.ts";
import { estimateStart } from "./check-timeouts.ts";
import { overallVerdict, preflight } from "./preflight.ts";

const ROLE = "arn:aws:iam::123456789012:role/run";
const EXAMPLE: Plan = { ...GUIDED_EXAMPLE, executionRoleArn: ROLE, bucket: "models" };
const GOOD: AccountFacts = {
  endpointExists: false,
  componentExists: false,
  quota: { limit: 2, used: 1 },
  role: { exists: true, trusts: true },
  permissions: [{ action: "s3:GetObject", resource: "*", isAllowed: true }],
  region: "us-west-2",
  image: { exists: true },
  bucket: { exists: true, region: "us-west-2", isDenied: false },
  weights: null,
  standardBucket: "sagemaker-us-west-2-123456789012",
  host: null,
  trouble: {},
};

const DENIED = {
  code: "not-allowed",
  message: "This identity may not do ecr:BatchGetImage.",
  hint: "Add the policy statement below to the identity's policy.",
  detail: '{\n  "Effect": "Allow",\n  "Action": "ecr:BatchGetImage"\n}',
} as const;

describe("the guided example", () => {
  it("warns of two hours against half an hour, and the fix puts it right", () => {
    const lines = preflight(EXAMPLE, findModel(EXAMPLE.modelId), GOOD);
    const loading = lines.find(({ id }) => id === "loading-timeout");
    expect(loading).toMatchObject({ verdict: "warn", message: expect.stringContaining("7200 s") });
    expect(lines.filter(({ verdict }) => verdict === "block")).toEqual([]);
    expect(lines.find(({ id }) => id === "price")?.verdict).toBe("unknown");
    for (const fix of loading?.fixes ?? []) {
      if (fix.kind !== "patch") expect.fail();
      const again = preflight({ ...EXAMPLE, ...fix.patch }, findModel(EXAMPLE.modelId), GOOD);
      expect(again.find(({ id }) => id === "loading-timeout")?.verdict).toBe("pass");
    }
    expect(loading?.fixes).toHaveLength(2);
  });
});

it("says nothing of weights that are not in S3", () => {
  const lines = preflight(EXAMPLE, findModel(EXAMPLE.modelId), GOOD);
  expect(lines.filter(({ id }) => id === "weights")).toEqual([]);
});

describe("pre-flight", () => {
  const verdictOf = (id: string, plan: Partial<Plan>, facts: Partial<AccountFacts> = {}) =>
    preflight({ ...EXAMPLE, ...plan }, findModel(EXAMPLE.modelId), { ...GOOD, ...facts }).find((one) =>
      one.id.startsWith(id),
    );
  const component = {
    kind: "component",
    componentName: "c",
    variantName: "v",
    copies: 1,
    accelerators: 4,
    memoryMb: 1_024,
  } as const;
  const host = { status: "InService", variants: ["v"], hasModel: false, freeAccelerators: 4, growth: null };
  const idle = {
    ...host,
    freeAccelerators: 0,
    growth: { machines: 3, acceleratorsEach: 4, minimum: 0 },
  };

  it.each<[string, string, Partial<Plan>, Partial<AccountFacts>]>([
    ["name", "block", { endpointName: "a b" }, {}],
    ["name-free", "block", {}, { endpointExists: true }],
    ["name-free", "unknown", {}, { endpointExists: null }],
    ["model", "block", { properties: "engine=MPI\n" }, {}],
    ["model", "warn", { properties: "option.model_id=other\n" }, {}],
    ["options", "block", { properties: "option.model_id=x\noption.rolling_batch=disable\n" }, {}],
    ["options", "warn", { properties: "option.model_id=x\noption.unheard=1\n" }, {}],
    ["container", "block", { lmiVersion: "0.31.0" }, {}],
    ["memory", "block", { instanceType: "ml.g5.xlarge" }, {}],
    ["memory", "block", { instanceType: "ml.none" }, {}],
    ["memory", "block", { instanceType: "" }, {}],
    ["price", "unknown", { instanceType: "" }, {}],
    ["quota", "unknown", { instanceType: "" }, { quota: null }],
    ["startup", "warn", { startupTimeoutSeconds: 600 }, {}],
    ["startup", "pass", { startupTimeoutSeconds: 3_600 }, {}],
    ["price", "pass", { instanceType: "ml.g5.xlarge" }, {}],
    ["quota", "block", { instanceCount: 2 }, {}],
    ["quota", "unknown", {}, { quota: null }],
    ["quota", "unknown", {}, { quota: { limit: 4, used: null } }],
    ["role", "block", {}, { role: { exists: true, trusts: false } }],
    ["role", "unknown", {}, { role: { exists: true, trusts: null } }],
    [
      "permission:s3:GetObject",
      "block",
      {},
      { permissions: [{ action: "s3:GetObject", resource: "r", isAllowed: false }] },
    ],
    ["region", "block", {}, { region: "eu-west-1" }],
    ["image", "pass", {}, {}],
    ["image", "block", {}, { image: { exists: false, others: [] } }],
    ["image", "unknown", {}, { image: null, trouble: { image: DENIED } }],
    ["bucket", "pass", {}, {}],
    ["bucket", "block", {}, { bucket: { exists: false } }],
    ["bucket", "pass", { bucket: GOOD.standardBucket ?? "" }, { bucket: { exists: false } }],
    ["bucket", "block", {}, { bucket: { exists: true, region: "eu-west-1", isDenied: true } }],
    ["bucket", "unknown", {}, { bucket: { exists: true, region: "us-west-2", isDenied: true } }],
    ["bucket", "unknown", {}, { bucket: null, trouble: { bucket: DENIED } }],
    ["weights", "pass", { modelId: "s3://m/a" }, { weights: { found: true, isDenied: false } }],
    ["weights", "block", { modelId: "s3://m/a" }, { weights: { found: false, isDenied: false } }],
    ["weights", "unknown", { modelId: "s3://m/a" }, { weights: { found: false, isDenied: true } }],
    ["weights", "unknown", { modelId: "s3://m/a" }, { trouble: { weights: DENIED } }],
    ["host", "pass", { target: component }, { host, endpointExists: true }],
    ["host", "block", { target: { ...component, copies: 0 } }, { endpointExists: true, host }],
    ["host", "block", { target: component }, { endpointExists: true, host: { ...host, hasModel: true } }],
    [
      "host",
      "block",
      { target: component },
      { endpointExists: true, host: { ...host, freeAccelerators: 3 } },
    ],
    ["host", "unknown", { target: component }, { endpointExists: true, host: null }],
    ["host", "block", { target: component }, { endpointExists: false, host }],
    ["host", "block", { target: component, endpointName: "" }, { endpointExists: null, host }],
    [
      "host",
      "block",
      { target: component },
      { endpointExists: true, host: { ...host, variants: ["other"] } },
    ],
    ["host", "warn", { target: component }, { endpointExists: true, host: idle }],
    ["price", "warn", { target: component }, { endpointExists: true, host: idle }],
    ["price", "pass", { target: component }, { endpointExists: true, host }],
    // Three machines of four accelerators hold one copy of three each, whatever is left over on them.
    [
      "host",
      "block",
      { target: { ...component, copies: 4, accelerators: 3 } },
      { endpointExists: true, host: idle },
    ],
  ])("%s: %s for %o and %o", (id, verdict, plan, facts) => {
    expect(verdictOf(id, plan, facts)?.verdict).toBe(verdict);
  });

  it("names a build and a version that the registry has, and each puts the line right", () => {
    const wrong = { imageTag: "0.26.0-tensorrtllm9" };
    const own = "0.26.0-tensorrtllm0.7.1-cu122";
    const [build] = verdictOf("image", wrong, { image: { exists: false, others: [own] } })?.fixes ?? [];
    expect(build).toMatchObject({ label: `Take ${own}`, patch: { imageTag: null } });

    const later = "0.27.0-tensorrtllm0.8.0-cu122";
    const [version] = verdictOf("image", {}, { image: { exists: false, others: [later] } })?.fixes ?? [];
    expect(version).toMatchObject({ label: "Take djl-tensorrtllm 0.27.0", patch: { lmiVersion: "0.27.0" } });
    if (version?.kind !== "patch") expect.fail();
    expect(verdictOf("image", version.patch)?.message).toContain(later);
    // What was written by hand stays as it was.
    expect(version.patch.properties).toBe(EXAMPLE.properties);
  });

  it("says why it does not know, and which permission would let it", () => {
    const line = verdictOf("image", {}, { image: null, trouble: { image: DENIED } });
    expect(line?.message).toContain("This identity may not do ecr:BatchGetImage.");
    expect(line?.message).toContain("ask again");
    expect(line?.evidence).toBe('{ "Effect": "Allow", "Action": "ecr:BatchGetImage" }');
  });

  it("says unknown for a model nobody knows, and unknown is not pass", () => {
    const lines = preflight(EXAMPLE, null, GOOD);
    expect(lines.filter(({ verdict }) => verdict === "unknown").map(({ id }) => id)).toEqual([
      "memory",
      "startup-timeout",
      "price",
    ]);
    expect(overallVerdict(lines)).toBe("unknown");
    expect(overallVerdict([])).toBe("pass");
  });

  it("adds up a start from download, load and compilation", () => {
    // 100 GB at 100 MB/s and 500 MB/s, five minutes for the container, seven to compile.
    expect(estimateStart(EXAMPLE, 100e9).seconds).toBe(300 + 1_000 + 200 + 420);
    expect(estimateStart({ ...EXAMPLE, backend: "vllm" }, 100e9).parts).toHaveLength(3);
    expect(estimateStart({ ...EXAMPLE, modelId: "s3://b/engine/" }, 100e9).seconds).toBe(1_500);
  });

  it("offers the next free name", () => {
    const fix = verdictOf("name-free", { endpointName: "mixtral-2" }, { endpointExists: true })?.fixes[0];
    expect(fix).toMatchObject({ patch: { endpointName: "mixtral-3" } });
  });
});
