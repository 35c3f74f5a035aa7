import type { Tag } from "../state/records.ts";
import { arnOf, partitionOf } from "./arns.ts";
import { createEndpointConfig } from "./endpoint-configs.ts";
import { createEndpoint } from "./endpoints.ts";
import { createModel } from "./models.ts";
import { keyOf, type Scope } from "./scope.ts";

type Demo = { name: string; tag: string; instanceType: string; environment: Record<string, string> };

const ENDPOINTS: readonly Demo[] = [
  {
    name: "sagescope-demo",
    tag: "0.36.0-lmi27.0.0-cu130",
    instanceType: "ml.g5.xlarge",
    environment: { HF_MODEL_ID: "sagescope/demo" },
  },
  {
    name: "sagescope-demo-lmi-026",
    tag: "0.26.0-deepspeed0.12.6-cu121",
    instanceType: "ml.g5.2xlarge",
    environment: {
      HF_MODEL_ID: "sagescope/demo",
      OPTION_ROLLING_BATCH: "vllm",
      OPTION_OUTPUT_FORMATTER: "jsonlines",
    },
  },
];
const TAGS: readonly Tag[] = [{ Key: "sandbox", Value: "demo" }];

/** Gives a region its two running endpoints when it is first used; what a user deletes stays deleted. */
export function seedRegion(scope: Scope): void {
  if (scope.store.isSeeded(scope.region)) {
    return;
  }
  // Made by the same calls a user makes, an hour ago and at once, so that nothing here can differ from those.
  const clock = {
    ...scope.clock,
    now: () => scope.clock.now() - 3_600_000,
    shorten: (seconds: number) => seconds * 1000,
  };
  // An hour ago every engine answered: prompts say what has become of it since.
  const engineState = () => ({ trouble: undefined, isContainer: false });
  for (const demo of ENDPOINTS) {
    if (scope.store.get("endpoints", scope.region, keyOf(demo.name)) === undefined) {
      createDemo({ ...scope, clock, engineState }, demo);
    }
  }
  scope.store.markSeeded(scope.region);
}

function createDemo(scope: Scope, demo: Demo): void {
  const suffix = scope.region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const Tags = [...TAGS];
  forgetHalfMade(scope, demo.name);
  createModel(scope, {
    ModelName: demo.name,
    ExecutionRoleArn: `arn:${partitionOf(scope.region)}:iam::000000000000:role/sandbox-execution-role`,
    PrimaryContainer: {
      Image: `763104351884.dkr.ecr.${scope.region}.${suffix}/djl-inference:${demo.tag}`,
      Environment: demo.environment,
    },
    Tags,
  });
  createEndpointConfig(scope, {
    EndpointConfigName: demo.name,
    ProductionVariants: [
      {
        VariantName: "AllTraffic",
        ModelName: demo.name,
        InstanceType: demo.instanceType,
        InitialInstanceCount: 1,
        ContainerStartupHealthCheckTimeoutInSeconds: 900,
      },
    ],
    Tags,
  });
  createEndpoint(scope, { EndpointName: demo.name, EndpointConfigName: demo.name, Tags });
}

// A kill between two of the three calls leaves the first ones behind.
function forgetHalfMade(scope: Scope, name: string): void {
  const { region } = scope;
  scope.store.commit([
    { table: "models", region, key: keyOf(name), value: null },
    { table: "configs", region, key: keyOf(name), value: null },
    { table: "tags", region, key: arnOf("model", region, name), value: null },
    { table: "tags", region, key: arnOf("endpoint-config", region, name), value: null },
  ]);
}
