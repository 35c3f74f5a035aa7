import { expect, it } from "vitest";
import { z } from "zod";
import { findBackend, MAX_TOKENS_ROWS, TUNING_ROWS } from "#lib/choose/backend-catalogue.ts";
import { type Capability, supportsArchitecture, supportsFeature } from "#lib/choose/capability.ts";
import { type Choice, chooseBackend } from "#lib/choose/choose-backend.ts";
import { deriveAnswers } from "#lib/choose/derive-answers.ts";
import { ERA_IDS } from "#lib/choose/era-id.ts";
import { migrateProperties } from "#lib/choose/migrate.ts";
import { expandEngine, resolveAuto } from "#lib/choose/resolve-auto.ts";
import { startProperties, tokenBudgetDefaults } from "#lib/choose/start-properties.ts";
import { estimateAsGuide } from "#lib/fit/fit-instance.ts";
import { kvBytesPerToken, kvBytesPerTokenInGuide, weightsBytes } from "#lib/fit/measure-memory.ts";
import type { ModelFigures } from "#lib/fit/model-figures.ts";
import { recommendedInstances } from "#lib/fit/recommended-instances.ts";
import { BACKEND_IDS, type BackendId } from "#lib/lmi/backend-id.ts";
import { imageUri, latestVersion } from "#lib/lmi/image-uri.ts";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { isVersionIn } from "#lib/lmi/versions.ts";
import { writeProperties } from "#lib/options/change-properties.ts";
import { effectiveProperties, parseEnvironment, renderEnvironment } from "#lib/options/environment.ts";
import { findOption } from "#lib/options/option-catalogue.ts";
import { parseProperties, readProperties } from "#lib/options/parse-properties.ts";
import { instanceFacts } from "#lib/options/rule-facts.ts";
import { validateProperties } from "#lib/options/validate-properties.ts";
import vectors from "./fixtures/vectors.json" with { type: "json" };

// Each vector was derived from LMI's documents and release branches by reading, not from this code.

const FRAMEWORKS = ["djl-lmi", "djl-tensorrtllm", "djl-deepspeed", "djl-neuronx"] as const;
const textsSchema = z.record(z.string(), z.string());
const caseSchema = z.object({
  id: z.string(),
  category: z.string(),
  input: z.record(z.string(), z.json()),
  expected: z.record(z.string(), z.json()),
});
type Case = z.output<typeof caseSchema>;
const CASES = z.array(caseSchema).parse(vectors.cases);

it("has every case", () => {
  expect(CASES).toHaveLength(84);
  expect(CASES.filter(({ category }) => !CHECKS[category])).toEqual([]);
});

it.each(CASES.map((one) => [one.id, one] as const))("%s", (_id, one) => {
  CHECKS[one.category]?.(one);
});

const CHECKS: Readonly<Record<string, (one: Case) => void>> = {
  selection: ({ input, expected }) => {
    const choice = select(input);
    const { leaf, backend, container, engine, rolling_batch, alternatives } = expected;
    expect({
      ...(leaf ? { leaf: choice.leafId } : {}),
      ...(backend ? { backend: choice.backend } : {}),
      ...(container ? { container: choice.framework } : {}),
      ...(engine ? { engine: choice.engine } : {}),
      ...(rolling_batch ? { rolling_batch: choice.rollingBatch } : {}),
      ...(alternatives ? { alternatives: choice.alternatives } : {}),
    }).toEqual(expected);
  },
  capability: ({ input, expected }) => {
    expect(capability(input).supported).toBe(expected.supported);
  },
  image: ({ input, expected }) => {
    const framework = z.enum(FRAMEWORKS).parse(input.framework);
    const version = text(input.version);
    const found = imageUri({ framework, version, region: text(input.region) });
    if (expected.error) {
      const about = expected.error === "unknown version" ? /no djl-\w+ container of version/ : /not publish/;
      expect(found).toMatchObject({ ok: false, failure: { message: expect.stringMatching(about) } });
      return;
    }
    expect(found).toEqual({ ok: true, value: expected.uri });
    expect(version === "latest" ? latestVersion(framework) : version).toBe(expected.resolved_version);
  },
  env: ({ input, expected }) => {
    const version = text(input.lmi_version);
    const properties = textsSchema.parse(input["serving.properties"] ?? {});
    const environment = textsSchema.parse(input.env ?? {});
    const file = parseProperties(writeProperties(properties));
    if (expected.env) {
      const rendered = renderEnvironment(file, version);
      expect(rendered).toEqual({ environment: expected.env, lost: [] });
      expect(parseEnvironment(rendered.environment, version).properties).toEqual(properties);
    } else if (expected.effective)
      expect(effectiveProperties(file, environment, version)).toEqual(expected.effective);
    else expect(parseEnvironment(environment, version).properties).toEqual(expected["serving.properties"]);
  },
  config: ({ input, expected }) => {
    const version = text(input.lmi_version);
    const found = expected["serving.properties"];
    if (input.engine_alias) {
      expect(expandEngine({ engine: text(input.engine_alias) })).toEqual(found);
    } else if (input["option.max_num_tokens"]) {
      expect(tokenBudgetDefaults(version, Number(input["option.max_num_tokens"]))).toEqual(expected);
    } else if (expected["option.max_num_tokens_max"]) {
      const row = MAX_TOKENS_ROWS.find(
        (one) =>
          one.version === version &&
          one.model === input.model &&
          one.instance === input.instance_type &&
          one.degree === input["option.tensor_parallel_degree"],
      );
      expect(row?.maxTokens).toBe(expected["option.max_num_tokens_max"]);
    } else if (found) {
      const start = startProperties(backendId(input.backend), version, input.mode === "async");
      expect(start?.properties).toEqual(found);
      if (expected.entryPoint) expect(start?.entryPoint).toBe(expected.entryPoint);
    } else {
      const row = TUNING_ROWS.find(
        (one) =>
          one.backend === input.backend && one.model === input.model && one.instance === input.instance_type,
      );
      expect({
        "option.tensor_parallel_degree": row?.degree,
        "option.max_rolling_batch_size": row?.batch,
      }).toEqual(expected);
    }
  },
  auto_resolution: ({ input, expected }) => {
    const answer = resolveAuto({
      version: text(input.lmi_version),
      framework: z.enum(FRAMEWORKS).parse(input.container),
      properties: textsSchema.parse(input["serving.properties"]),
      architecture: input.architecture ? text(input.architecture) : null,
      modelType: input.model_type ? text(input.model_type) : null,
    });
    const all: Record<string, unknown> = {
      backend: answer?.backend,
      rolling_batch: answer?.rollingBatch,
      handler_choice: answer?.handlerChoice,
      engine: answer?.engine,
      max_rolling_batch_size: answer?.maxRollingBatchSize,
      batch_size: Number(answer?.sets.batch_size),
      warning: answer?.warnings.length !== 0,
      ...Object.fromEntries(Object.entries(answer?.sets ?? {}).filter(([key]) => key !== "batch_size")),
    };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, all[key]]))).toEqual(expected);
  },
  validation: ({ input, expected }) => {
    const instance = input.instance_type ? findInstanceType(text(input.instance_type)) : null;
    const file = parseProperties(writeProperties(textsSchema.parse(input["serving.properties"])));
    const check = input.container_startup_health_check_timeout;
    const found = validateProperties(file, {
      version: text(input.lmi_version),
      backend: backendId(input.backend),
      architecture: input.model
        ? (text(input.model)
            .toLowerCase()
            .match(/^[a-z]+/)?.[0] ?? null)
        : null,
      instance: instance && instanceFacts(instance),
      startupTimeoutSeconds: check ? Number(check) : null,
    });
    const grave = found.filter(({ severity }) => severity === "error");
    if (expected.result === "ok") expect(found).toEqual([]);
    else if (expected.result === "error") expect(grave.map(({ rule }) => rule)).toEqual([expected.rule]);
    else expect(found).toMatchObject([{ severity: "warning", rule: expected.rule }]);
  },
  sizing: ({ input, expected }) => {
    if (input.instance_type) {
      const estimate = estimateAsGuide({
        aggregateGb: findInstanceType(text(input.instance_type))?.acceleratorMemoryGb ?? Number.NaN,
        weightsGb: Number(input.weights_gb),
        kvGbPerToken: Number(input.kv_gb_per_token),
        sequenceTokens: Number(input.sequence_tokens),
      });
      expect(estimate).toMatchObject({ freeGb: expected.free_gb, batch: expected.batch });
      expect(Math.abs(estimate.tokens - Number(expected.tokens_approx))).toBeLessThan(100);
      return;
    }
    const model: ModelFigures = {
      ...blankModel,
      parameters: input.params ? Number(input.params) : null,
      layers: input.layers ? Number(input.layers) : null,
      hiddenSize: input.hidden_size ? Number(input.hidden_size) : 8_192,
      kvHeads: input.kv_heads ? Number(input.kv_heads) : null,
      headDim: input.head_dim ? Number(input.head_dim) : null,
    };
    if (expected.weights_gb) expect((weightsBytes(model, "none") ?? 0) / 1e9).toBe(expected.weights_gb);
    if (expected.kv_bytes_per_token) expect(kvBytesPerToken(model)).toBe(expected.kv_bytes_per_token);
    if (expected.lmi_doc_formula_bytes_per_token)
      expect(kvBytesPerTokenInGuide(model)).toBe(expected.lmi_doc_formula_bytes_per_token);
  },
  instance: ({ input, expected }) => {
    const rows = recommendedInstances(text(input.lmi_docs)).filter(
      ({ billions, batch }) => billions === input.params_b && batch === input.batch,
    );
    expect(rows.flatMap(({ instances }) => instances)).toEqual(expected.instance_types);
  },
  migration: ({ input, expected }) => {
    const before = textsSchema.parse(input["serving.properties"] ?? {});
    const found = migrateProperties({
      text: writeProperties(before),
      from: text(input.from),
      to: text(input.to),
      ...(input.backend ? { backend: backendId(input.backend) } : {}),
      architecture: text(input.model ?? "").includes("t5") ? "t5" : null,
    });
    const after = readProperties(parseProperties(found.text));
    if (expected["serving.properties"]) expect(after).toEqual(expected["serving.properties"]);
    if (expected.add) expect(after).toEqual({ ...before, ...textsSchema.parse(expected.add) });
    if (expected.or) expect(found.otherWay).toBe(expected.or);
    expect(found.notes.some(({ isApplied }) => isApplied)).toBe(true);
  },
};

function select(input: Case["input"]): Choice {
  const eraId = z.enum(ERA_IDS).parse(input.era);
  const version = text(input.lmi_version);
  // A vector without answers describes the traffic in words, for a model that every back end lists.
  const wish = {
    hardware: "gpu",
    task: text(input.use_case ?? "").includes("code") ? "code" : "extraction",
    traffic: text(input.traffic ?? "").startsWith("uneven") ? "uneven" : "even",
    architecture: "llama",
  } as const;
  const answers = input.answers
    ? textsSchema.parse(input.answers)
    : deriveAnswers(eraId, version, wish).answers;
  const choice = chooseBackend({ eraId, version, answers });
  return choice.ok ? choice.value : expect.fail(choice.failure.message);
}

function capability(input: Case["input"]): Capability {
  const backend = backendId(input.backend);
  const version = text(input.lmi_version);
  const feature = text(input.feature ?? "");
  const model = text(input.model ?? "");
  if (feature === "") return supportsArchitecture(backend, version, model);
  if (feature.startsWith("option.")) {
    const row = findOption(feature);
    return {
      supported: row !== null && isVersionIn(version, row.versions, backend),
      reason: "",
      source: null,
    };
  }
  if (feature.includes("degree 4")) return supportsFeature(backend, version, "collectives at degree 4");
  if (feature === "LoRA") return supportsFeature(backend, version, "LoRA");
  return supportsFeature(backend, version, "JIT compilation", model);
}

const blankModel: ModelFigures = {
  id: "",
  architecture: null,
  modelType: null,
  architectureKey: null,
  parameters: null,
  activeParameters: null,
  layers: null,
  hiddenSize: null,
  intermediateSize: null,
  attentionHeads: null,
  kvHeads: null,
  headDim: null,
  attentionKind: null,
  latentWidth: null,
  maxContext: null,
  vocabularySize: null,
  dtype: null,
  slidingWindow: null,
  notes: [],
  sources: [],
};

function backendId(value: unknown): BackendId {
  const id = z.enum(BACKEND_IDS).parse(value);
  expect(findBackend(id)).not.toBeNull();
  return id;
}

function text(value: unknown): string {
  return z.string().parse(value);
}
