import { describe, expect, it } from "vitest";
import { BACKEND_IDS } from "#lib/lmi/backend-id.ts";
import { compareBackends, supportsArchitecture, supportsFeature } from "./capability.ts";
import { type Choice, chooseBackend, findLeaf, listQuestions } from "./choose-backend.ts";
import { deriveAnswers } from "./derive-answers.ts";
import { ERA_IDS } from "./era-id.ts";
import { migrateProperties } from "./migrate.ts";
import { BACKEND_STATUS, CURRENT_ERA, eraOf, HISTORIC_ERA } from "./tree-catalogue.ts";

function choose(eraId: (typeof ERA_IDS)[number], version: string, answers: Record<string, string>): Choice {
  const choice = chooseBackend({ eraId, version, answers });
  return choice.ok ? choice.value : expect.fail(choice.failure.message);
}

describe("the tree", () => {
  it.each(ERA_IDS)("of %s leads to every leaf by some way, and asks nothing that is not there", (eraId) => {
    const era = eraOf(eraId);
    const targets = era.nodes.flatMap(({ options }) => options.map(({ next }) => next));
    for (const target of targets)
      expect(
        [...era.nodes, ...era.leaves].some(({ id }) => id === target),
        target,
      ).toBe(true);
    expect(listQuestions(eraId)[0]?.id).toBe(era.start);
  });

  it("reaches every back end in one of the eras", () => {
    const reached = ERA_IDS.flatMap((eraId) => BACKEND_IDS.filter((id) => findLeaf(eraId, id)));
    expect(new Set(reached)).toEqual(new Set(BACKEND_IDS));
    expect(Object.keys(BACKEND_STATUS)).toContain("lmi-dist");
  });

  it("explains the way and what would have changed it", () => {
    const answers = { hardware: "gpu", model_support: "trtllm_or_lmidist", task: "open_ended" };
    const choice = choose(HISTORIC_ERA, "0.26.0", answers);
    expect(choice.path.map(({ nodeId }) => nodeId)).toEqual(["hardware", "model_support", "task"]);
    expect(choice.path.every(({ sources }) => sources.length > 0)).toBe(true);
    expect(choice.otherWays).toContainEqual(
      expect.objectContaining({ nodeId: "task", answer: "summarization", backend: "tensorrt-llm" }),
    );
    expect(choice.otherWays).toContainEqual(
      expect.objectContaining({
        answer: "neither",
        leafId: null,
        nextQuestion: expect.stringContaining("?"),
      }),
    );
  });

  it("asks what is missing, and refuses what is no answer", () => {
    const missing = chooseBackend({ eraId: CURRENT_ERA, version: "0.36.0", answers: { hardware: "gpu" } });
    expect(missing).toMatchObject({ ok: false, failure: { field: "workload" } });
    const strange = chooseBackend({ eraId: CURRENT_ERA, version: "0.36.0", answers: { hardware: "tpu" } });
    expect(strange).toMatchObject({ ok: false, failure: { message: expect.stringContaining("tpu") } });
  });

  it("sends T5 of 0.26.0 where it runs, and pins what newer versions no longer have", () => {
    const t5 = choose(HISTORIC_ERA, "0.26.0", { hardware: "gpu", model_support: "t5" });
    expect(t5).toMatchObject({
      backend: "lmi-dist",
      reasons: [expect.stringContaining("cannot run it"), expect.any(String), expect.any(String)],
    });
    const neuron = choose(CURRENT_ERA, "0.36.0", { hardware: "neuron" });
    expect(neuron).toMatchObject({
      framework: "djl-neuronx",
      version: "0.29.0",
      versionNote: expect.any(String),
    });
    const even = { hardware: "gpu", workload: "text_generation", model_support: "both", traffic: "even" };
    expect(choose(CURRENT_ERA, "0.36.0", even)).toMatchObject({ backend: "tensorrt-llm", version: "0.33.0" });
    expect(choose(CURRENT_ERA, "0.36.0", { ...even, traffic: "uneven" })).toMatchObject({
      backend: "vllm",
      version: "0.36.0",
      versionNote: null,
    });
  });
});

describe("deriving answers", () => {
  const wish = { hardware: "gpu", task: "chat", traffic: null, architecture: "mixtral" } as const;
  it("gives a reason for each, and leaves open what it cannot know", () => {
    const derived = deriveAnswers(HISTORIC_ERA, "0.26.0", wish);
    expect(derived.answers).toMatchObject({
      hardware: "gpu",
      model_support: "trtllm_or_lmidist",
      task: "open_ended",
    });
    expect(Object.keys(derived.reasons)).toEqual(expect.arrayContaining(Object.keys(derived.answers)));
    expect(deriveAnswers(HISTORIC_ERA, "0.26.0", { ...wish, architecture: null }).open).toContain(
      "model_support",
    );
    expect(
      deriveAnswers(HISTORIC_ERA, "0.26.0", { ...wish, architecture: "deepseek_v3" }).answers,
    ).toMatchObject({
      model_support: "neither",
      fallback_support: "none",
    });
    expect(deriveAnswers(HISTORIC_ERA, "0.27.0", { ...wish, architecture: "yi" }).answers.model_support).toBe(
      "trtllm_or_lmidist",
    );
  });

  it("knows the current questions", () => {
    const answers = (more: object) => deriveAnswers(CURRENT_ERA, "0.36.0", { ...wish, ...more }).answers;
    expect(answers({ task: "embedding" }).workload).toBe("embedding");
    expect(answers({ architecture: "qwen3" }).model_support).toBe("vllm_only");
    expect(answers({ task: "summarization" })).toMatchObject({ model_support: "both", traffic: "even" });
    expect(answers({ needsLmiDistFeature: true }).model_support).toBe("needs_lmi_dist_only_feature");
    expect(answers({ hardware: "inferentia" }).hardware).toBe("neuron");
  });
});

describe("what back ends can", () => {
  it("does not claim what no list says", () => {
    expect(supportsArchitecture("vllm", "0.36.0", "qwen3").supported).toBeNull();
    expect(supportsArchitecture("vllm", "0.36.0", "llama").supported).toBe(true);
    expect(supportsArchitecture("lmi-dist", "0.33.0", "llama").supported).toBe(false);
    expect(supportsArchitecture("deepspeed", "0.26.0", "mixtral").supported).toBe(false);
    expect(supportsArchitecture("tensorrt-llm", "0.33.0", "llama").supported).toBe(true);
    expect(supportsArchitecture("transformers-neuronx", "0.29.0", "mixtral").supported).toBe(true);
    expect(supportsFeature("tensorrt-llm", "0.27.0", "LoRA").supported).toBeNull();
    expect(supportsFeature("vllm", "0.27.0", "speculative decoding").supported).toBe(false);
    expect(supportsFeature("lmi-dist", "0.26.0", "collectives at degree 4").supported).toBe(true);
  });

  it("compares all of them", () => {
    const found = compareBackends("0.26.0", "mixtral").filter(({ capability }) => capability.supported);
    expect(found.map(({ backend }) => backend)).toEqual([
      "lmi-dist",
      "vllm",
      "tensorrt-llm",
      "hf-accelerate",
    ]);
    expect(compareBackends("0.26.0", null).every(({ capability }) => capability.supported === null)).toBe(
      true,
    );
  });
});

describe("migration", () => {
  it("keeps comments, comments out what nothing reads, and shows the difference", () => {
    const text = "# chat\nengine=MPI\noption.rolling_batch=lmi-dist\noption.draft_model_tp_size=1\n";
    const found = migrateProperties({ text, from: "0.27.0", to: "0.36.0" });
    expect(found.text).toBe(
      "# chat\nengine=Python\noption.rolling_batch=vllm\n# option.draft_model_tp_size=1\noption.mpi_mode=false\n",
    );
    expect(found).toMatchObject({ backend: "vllm", framework: "djl-lmi", version: "0.36.0" });
    expect(found.diff.filter(({ kind }) => kind === "removed").map((line) => line.text)).toEqual([
      "engine=MPI",
      "option.rolling_batch=lmi-dist",
      "option.draft_model_tp_size=1",
    ]);
    expect(found.notes.every(({ source }) => source !== "")).toBe(true);
  });

  it("takes DeepSpeed to vLLM, and TensorRT-LLM no further than its last image", () => {
    const deepspeed = migrateProperties({ text: "engine=DeepSpeed\n", from: "0.26.0", to: "0.36.0" });
    expect(deepspeed.text).toBe("engine=Python\noption.rolling_batch=vllm\n");
    const trt = migrateProperties({ text: "option.rolling_batch=trtllm\n", from: "0.26.0", to: "0.36.0" });
    expect(trt).toMatchObject({ framework: "djl-tensorrtllm", version: "0.33.0" });
    const same = migrateProperties({ text: "# a\n", from: "0.36.0", to: "0.36.0" });
    expect(same).toMatchObject({ text: "# a\n", notes: [] });
  });
});
