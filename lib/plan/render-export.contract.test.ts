import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { z } from "zod";
import { GUIDED_EXAMPLE } from "./guided-example.ts";
import { BLANK_PLAN, type Plan } from "./plan.ts";
import { renderExport } from "./render-export.ts";
import { digestPlan, resourcesOf } from "./resources.ts";

const ROLE = "arn:aws:iam::111122223333:role/execution";
const PLANS: readonly Plan[] = [
  { ...GUIDED_EXAMPLE, bucket: "archives", executionRoleArn: ROLE },
  {
    ...BLANK_PLAN,
    properties: "option.model_id=org/model\n",
    environment: { ODD: `it's "5" $HOME \\ \${x} 日本` },
    instanceType: "ml.g5.xlarge",
    endpointName: "variables",
    executionRoleArn: ROLE,
  },
  {
    ...BLANK_PLAN,
    properties: "option.model_id=org/model\n",
    endpointName: "shared",
    executionRoleArn: ROLE,
    target: {
      ...{ kind: "component", componentName: "part", variantName: "AllTraffic" },
      ...{ copies: 1, accelerators: 1, memoryMb: 1_024 },
    },
  },
];

async function render(plan: Plan, kind: Parameters<typeof renderExport>[0]): Promise<string> {
  const tags = [{ Key: "sagescope:endpoint", Value: plan.endpointName }];
  const resources = resourcesOf(plan, { digests: await digestPlan(plan), tags });
  if (!resources.ok) throw new Error(resources.failure.message);
  return renderExport(kind, resources.value);
}

const text = z.union([
  z.string().min(1),
  z.strictObject({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }),
]);
const tags = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));
const timeouts = {
  ContainerStartupHealthCheckTimeoutInSeconds: z.int().min(60).max(3_600),
  ModelDataDownloadTimeoutInSeconds: z.int().min(60).max(3_600),
};
/** The properties of CloudFormation's resource reference that a plan may use; a strict object refuses any other. */
const KNOWN = {
  "AWS::SageMaker::Model": z.strictObject({
    ModelName: text,
    ExecutionRoleArn: text,
    PrimaryContainer: z.strictObject({
      Image: text,
      Environment: z.record(z.string(), z.string()).optional(),
      ModelDataUrl: z.string().startsWith("s3://").optional(),
    }),
    Tags: tags,
  }),
  "AWS::SageMaker::EndpointConfig": z.strictObject({
    EndpointConfigName: text,
    ProductionVariants: z.array(
      z.strictObject({
        ...{ VariantName: text, ModelName: text, InstanceType: text },
        ...{ InitialInstanceCount: z.int().min(1), InitialVariantWeight: z.number() },
        ...timeouts,
      }),
    ),
    Tags: tags,
  }),
  "AWS::SageMaker::Endpoint": z.strictObject({ EndpointName: text, EndpointConfigName: text, Tags: tags }),
  "AWS::SageMaker::InferenceComponent": z.strictObject({
    ...{ InferenceComponentName: text, EndpointName: text, VariantName: text },
    Specification: z.strictObject({
      ModelName: text,
      StartupParameters: z.strictObject(timeouts),
      ComputeResourceRequirements: z.strictObject({
        NumberOfAcceleratorDevicesRequired: z.number(),
        MinMemoryRequiredInMb: z.int(),
      }),
    }),
    RuntimeConfig: z.strictObject({ CopyCount: z.int() }),
    Tags: tags,
  }),
} as const;

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal("2010-09-09"),
  Description: z.string().max(1_024),
  Resources: z.record(
    z.string().regex(/^[A-Za-z0-9]+$/),
    z.discriminatedUnion("Type", [
      resource("AWS::SageMaker::Model"),
      resource("AWS::SageMaker::EndpointConfig"),
      resource("AWS::SageMaker::Endpoint"),
      resource("AWS::SageMaker::InferenceComponent"),
    ]),
  ),
});

function resource<Type extends keyof typeof KNOWN>(type: Type) {
  return z.strictObject({ Type: z.literal(type), Properties: KNOWN[type] });
}

it.each(PLANS)("$endpointName is a template of known resources that name each other", async (plan) => {
  const rendered = await render(plan, "cloudformation");
  const { Resources } = templateSchema.parse(JSON.parse(rendered));
  for (const [, id] of rendered.matchAll(/"Fn::GetAtt": \[\s*"(\w+)"/g))
    expect(Resources).toHaveProperty([id ?? ""]);
  expect(rendered).toContain("Fn::GetAtt");
});

it.each(PLANS)("$endpointName is JSON of SageMaker's own calls", async (plan) => {
  const calls = JSON.parse(await render(plan, "json"));
  expect(KNOWN["AWS::SageMaker::Model"].safeParse(calls.CreateModel).error).toBeUndefined();
  expect(Object.keys(calls).at(-1)).toBe(
    plan.target.kind === "component" ? "CreateInferenceComponent" : "CreateEndpoint",
  );
});

const hasPython = exists("python3");
it.skipIf(!hasPython)(`Python exports compile${hasPython ? "" : " (no python3)"}`, async () => {
  const kinds = ["boto3", "sagemaker"] as const;
  const programs = await Promise.all(PLANS.flatMap((plan) => kinds.map((kind) => render(plan, kind))));
  const check = "import ast, json, sys\nfor text in json.load(sys.stdin): ast.parse(text)";
  execFileSync("python3", ["-c", check], { input: JSON.stringify(programs) });
});

it("shell exports parse", async () => {
  for (const plan of PLANS) execFileSync("sh", ["-n"], { input: await render(plan, "cli") });
});

function exists(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
