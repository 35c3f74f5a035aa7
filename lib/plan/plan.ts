import * as z from "zod/mini";
import { ERA_IDS } from "#lib/choose/era-id.ts";
import { isSecretName } from "#lib/endpoint/secret-name.ts";
import { WEIGHT_FORMATS } from "#lib/fit/measure-memory.ts";
import { BACKEND_IDS } from "#lib/lmi/backend-id.ts";

const words = z.string().check(z.maxLength(1_024));

/** What the wizard knows of what a person wants, from the first question to the last. Every field may be changed. */
export const planSchema = z.object({
  version: z.literal(1),
  /** Hugging Face id, or `s3://` prefix of the weights. */
  modelId: words,
  /** In the spelling of the back ends' lists; null while it is not known. */
  architecture: z.nullable(words),
  /** A pasted config.json of a model the catalogue lacks. */
  modelConfig: z.nullable(z.string().check(z.maxLength(64_000))),
  /** Parameters the person gave where they could not be counted. */
  parameters: z.nullable(z.number().check(z.positive())),
  eraId: z.enum(ERA_IDS),
  wish: z.object({
    hardware: z.enum(["gpu", "inferentia"]),
    task: z.enum(["chat", "code", "summarization", "extraction", "embedding", "other"]),
    traffic: z.nullable(z.enum(["even", "uneven"])),
    needsLmiDistFeature: z.boolean(),
  }),
  /** Answers given by hand, over those that follow from the wish. */
  answers: z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(64))),
  backend: z.enum(BACKEND_IDS),
  framework: z.enum(["djl-lmi", "djl-tensorrtllm", "djl-deepspeed", "djl-neuronx"]),
  lmiVersion: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
  /** Another build than the registry's; null takes that one. */
  imageTag: z.nullable(z.string().check(z.maxLength(128))),
  region: z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d$/)),
  /** `serving.properties`, as it is written. */
  properties: z.string().check(z.maxLength(64_000)),
  modelPy: z.nullable(z.string().check(z.maxLength(256_000))),
  requirements: z.nullable(z.string().check(z.maxLength(64_000))),
  /** An archive in S3, or variables alone. */
  carrier: z.enum(["archive", "environment"]),
  /** Bucket of the archive, in the region of the endpoint. */
  bucket: z.string().check(z.maxLength(63)),
  keyPrefix: z.string().check(z.maxLength(512)),
  /** Variables that are no option. Secrets are left out of every address. */
  environment: z.record(z.string().check(z.maxLength(1_024)), z.string().check(z.maxLength(1_024))),
  sizing: z.object({
    format: z.enum(WEIGHT_FORMATS),
    context: z.int().check(z.gte(1), z.lte(20_000_000)),
    concurrency: z.int().check(z.gte(1), z.lte(100_000)),
    degree: z.union([z.literal("max"), z.int().check(z.gte(1), z.lte(64))]),
  }),
  instanceType: z.string().check(z.maxLength(64)),
  instanceCount: z.int().check(z.gte(1), z.lte(100)),
  endpointName: z.string().check(z.maxLength(63)),
  executionRoleArn: z.string().check(z.maxLength(2_048)),
  startupTimeoutSeconds: z.int().check(z.gte(60), z.lte(3_600)),
  downloadTimeoutSeconds: z.int().check(z.gte(60), z.lte(3_600)),
  /** An endpoint of its own, or a component on one that is there. */
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("endpoint") }),
    z.object({
      kind: z.literal("component"),
      componentName: z.string().check(z.maxLength(63)),
      variantName: z.string().check(z.maxLength(63)),
      copies: z.int().check(z.gte(0), z.lte(100)),
      accelerators: z.int().check(z.gte(1), z.lte(64)),
      memoryMb: z.int().check(z.gte(128)),
    }),
  ]),
  tags: z
    .array(z.object({ key: z.string().check(z.maxLength(128)), value: z.string().check(z.maxLength(256)) }))
    .check(z.maxLength(48)),
  /** Hours until the endpoint is due to go; null keeps it. */
  expiresAfterHours: z.nullable(z.number().check(z.positive())),
});

export type Plan = z.output<typeof planSchema>;

/** Where a person begins who has said nothing yet: today's container, a small machine, gone after eight hours. */
export const BLANK_PLAN: Plan = {
  version: 1,
  modelId: "",
  architecture: null,
  modelConfig: null,
  parameters: null,
  eraId: "lmi-v15-v28-current",
  wish: { hardware: "gpu", task: "chat", traffic: null, needsLmiDistFeature: false },
  answers: {},
  backend: "vllm",
  framework: "djl-lmi",
  lmiVersion: "0.36.0",
  imageTag: null,
  region: "us-east-1",
  properties: "",
  modelPy: null,
  requirements: null,
  carrier: "environment",
  bucket: "",
  keyPrefix: "sagescope",
  environment: {},
  sizing: { format: "none", context: 4_096, concurrency: 8, degree: "max" },
  instanceType: "",
  instanceCount: 1,
  endpointName: "",
  executionRoleArn: "",
  startupTimeoutSeconds: 1_800,
  downloadTimeoutSeconds: 1_800,
  target: { kind: "endpoint" },
  tags: [],
  expiresAfterHours: 8,
};

/** The plan without what must stay out of addresses, files and clipboards, and the names of what was left out. */
export function withoutSecrets(plan: Plan): { plan: Plan; left: string[] } {
  const left = Object.keys(plan.environment).filter((name) => isSecretName(name));
  const kept = Object.entries(plan.environment).filter(([name]) => !isSecretName(name));
  return { plan: { ...plan, environment: Object.fromEntries(kept) }, left };
}
