import { describe, expect, it } from "vitest";
import { chooseBackend } from "#lib/choose/choose-backend.ts";
import { deriveAnswers } from "#lib/choose/derive-answers.ts";
import { findInstanceType } from "#lib/lmi/instance-types.ts";
import { listPresets } from "#lib/options/presets.ts";
import { instanceFacts } from "#lib/options/rule-facts.ts";
import { readModelArchive } from "#lib/package/model-archive.ts";
import { GUIDED_EXAMPLE } from "./guided-example.ts";
import { BLANK_PLAN, type Plan, planSchema, withoutSecrets } from "./plan.ts";
import { parsePlanAddress, renderPlanAddress } from "./plan-address.ts";
import { EXPORT_KINDS, renderExport } from "./render-export.ts";
import { packPlan, resourcesOf } from "./resources.ts";

const ROLE = "arn:aws:iam::123456789012:role/run";
const EXAMPLE: Plan = { ...GUIDED_EXAMPLE, executionRoleArn: ROLE, bucket: "models" };
/** What a shell and Terraform would both read more into. */
const WILD = ["it's $", "{x}"].join("");
const DIGEST = "0123456789abcdef";
const DIGESTS = { archive: DIGEST, wish: DIGEST };
function resources(plan: Plan) {
  const made = resourcesOf(plan, { digests: DIGESTS, tags: [{ Key: "k", Value: "v" }] });
  return made.ok ? made.value : expect.fail(made.failure.message);
}

describe("the address", () => {
  it("brings every plan back, without what is secret", () => {
    expect(parsePlanAddress(renderPlanAddress(BLANK_PLAN))).toEqual({ ok: true, value: BLANK_PLAN });
    expect(parsePlanAddress(renderPlanAddress(EXAMPLE))).toEqual({ ok: true, value: EXAMPLE });
    const secret = { ...EXAMPLE, environment: { HF_TOKEN: "hf_abc", A: "b", AWS_SECRET_ACCESS_KEY: "x" } };
    expect(withoutSecrets(secret).left).toEqual(["HF_TOKEN", "AWS_SECRET_ACCESS_KEY"]);
    expect(parsePlanAddress(renderPlanAddress(secret))).toMatchObject({ value: { environment: { A: "b" } } });
    expect(renderPlanAddress(EXAMPLE).length).toBeLessThan(900);
  });

  it.each(["", "%", "abc", renderPlanAddress(BLANK_PLAN).slice(0, 12)])("refuses %j", (word) => {
    expect(parsePlanAddress(word)).toMatchObject({ ok: false, failure: { hint: expect.any(String) } });
  });
});

describe("the guided example", () => {
  it("is a plan, and the tree of its time leads to it", () => {
    expect(planSchema.parse(GUIDED_EXAMPLE)).toEqual(GUIDED_EXAMPLE);
    const { eraId, lmiVersion, wish, architecture } = GUIDED_EXAMPLE;
    const { answers } = deriveAnswers(eraId, lmiVersion, { ...wish, architecture });
    expect(chooseBackend({ eraId, version: lmiVersion, answers })).toMatchObject({
      value: { backend: GUIDED_EXAMPLE.backend, framework: GUIDED_EXAMPLE.framework, version: "0.26.0" },
    });
  });
});

describe("exports", () => {
  it("hold the same resources, and the archive byte for byte", () => {
    const made = resources(EXAMPLE);
    expect(made.model.ModelName).toBe("mixtral-8x7b-walkthrough-01234567");
    expect(made.archive?.key).toBe(`sagescope/${DIGEST}/model.tar.gz`);
    for (const { kind } of EXPORT_KINDS) {
      const text = renderExport(kind, made);
      for (const part of [
        made.model.ModelName,
        ROLE,
        "ml.p4d.24xlarge",
        "1800",
        "0.26.0-tensorrtllm0.7.1-cu122",
      ])
        expect(text, kind).toContain(part);
    }
    const encoded = renderExport("boto3", made).match(/b64decode\("([^"]+)"\)/)?.[1] ?? expect.fail();
    expect(Buffer.from(encoded, "base64")).toEqual(Buffer.from(packPlan(EXAMPLE)));
    expect(readModelArchive(packPlan(EXAMPLE))).toMatchObject({ value: { properties: EXAMPLE.properties } });
  });

  it("put options into variables where no archive carries them", () => {
    const made = resources({ ...EXAMPLE, carrier: "environment", environment: { A: WILD } });
    expect(made.archive).toBeNull();
    expect(made.model.PrimaryContainer.Environment).toMatchObject({
      A: WILD,
      SERVING_LOAD_MODELS: "test::MPI=/opt/ml/model",
      OPTION_TENSOR_PARALLEL_DEGREE: "max",
    });
    expect(renderExport("terraform", made)).toContain(WILD.replace("$", () => "$$"));
    expect(renderExport("cli", made)).toContain("it'\\''s");
  });

  it("create a component where that is the target", () => {
    const target = {
      kind: "component",
      componentName: "c",
      variantName: "v",
      copies: 1,
      accelerators: 4,
      memoryMb: 1_024,
    } as const;
    const made = resources({ ...EXAMPLE, target });
    expect(made).toMatchObject({ endpoint: null, endpointConfig: null });
    for (const { kind } of EXPORT_KINDS)
      expect(renderExport(kind, made), kind).toMatch(/inference_?component|InferenceComponent/i);
  });

  it("fail where the region has no such image", () => {
    expect(resourcesOf({ ...EXAMPLE, lmiVersion: "0.31.0" }, { digests: DIGESTS, tags: [] })).toMatchObject({
      ok: false,
    });
  });
});

it("offers the presets that a place allows, and says why not the others", () => {
  const p4d = findInstanceType("ml.p4d.24xlarge") ?? expect.fail();
  const allowed = (context: Parameters<typeof listPresets>[0]) =>
    listPresets(context).flatMap(({ preset, problem }) => (problem ? [] : [preset.id]));
  const instance = instanceFacts(p4d);
  expect(allowed({ version: "0.26.0", backend: "tensorrt-llm", architecture: "llama" })).toEqual([
    "rope-linear",
    "rope-dynamic",
    "smoothquant",
    "awq-trtllm",
  ]);
  expect(allowed({ version: "0.26.0", backend: "lmi-dist", instance })).toEqual([
    "awq",
    "gptq",
    "collectives-4",
    "collectives-8",
  ]);
  expect(allowed({ version: "0.25.0", backend: "lmi-dist", instance })).toEqual(["gptq", "collectives-8"]);
  expect(allowed({ version: "0.26.0", backend: "vllm" })).toEqual(["awq", "cuda-graphs"]);
  expect(allowed({ version: "0.36.0", backend: "vllm", instance })).toEqual(["enforce-eager", "cuda-graphs"]);
  expect(allowed({ version: "0.26.0", backend: "transformers-neuronx", architecture: "mistral" })).toEqual([
    "neuron-gqa",
  ]);
});
