import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { chooseContainer } from "./choose-container.ts";

const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:";

test.each<[string, Record<string, string>, object]>([
  [
    "0.26.0-deepspeed0.12.6-cu121",
    { OPTION_ROLLING_BATCH: "auto" },
    { family: "rolling-026", backend: "lmi-dist", formatter: "json", buffer: 4 },
  ],
  [
    "0.26.0-deepspeed0.12.6-cu121",
    { OPTION_ROLLING_BATCH: "vllm", OPTION_OUTPUT_FORMATTER: "jsonlines" },
    { family: "rolling-026", backend: "vllm", formatter: "jsonlines" },
  ],
  [
    "0.26.0-deepspeed0.12.6-cu121",
    { OPTION_ROLLING_BATCH: "disable" },
    { family: "dynamic", streaming: false },
  ],
  [
    "0.31.0-lmi13.0.0-cu124",
    { OPTION_ROLLING_BATCH: "disable", OPTION_ENABLE_STREAMING: "huggingface" },
    { family: "dynamic", minor: 31, streaming: true },
  ],
  ["0.29.0-neuronx-sdk2.19.1", { OPTION_ROLLING_BATCH: "disable" }, { family: "unknown-lmi" }],
  [
    "0.33.0-tensorrtllm0.21.0-cu128",
    { OPTION_ASYNC_MODE: "true" },
    { family: "async", lmi: 15, engine: "trtllm" },
  ],
  [
    "0.26.0-tensorrtllm0.7.1-cu122",
    { OPTION_ROLLING_BATCH: "auto", OPTION_OUTPUT_FORMATTER: "jsonlines" },
    { family: "rolling-026", backend: "trtllm", formatter: "jsonlines" },
  ],
  ["0.26.0-tensorrtllm0.7.1-cu122", { OPTION_ROLLING_BATCH: "vllm" }, { family: "unknown-lmi" }],
  ["0.26.0-neuronx-sdk2.16.0", {}, { family: "unknown-lmi" }],
  ["0.27.0-deepspeed0.12.6-cu121", {}, { family: "rolling", minor: 27, lmi: 9, backend: "vllm", tgi: false }],
  ["0.27.0-deepspeed0.12.6-cu121", { OPTION_OUTPUT_FORMATTER: "sse" }, { family: "unknown-lmi" }],
  [
    "0.27.0-deepspeed0.12.6-cu121",
    { OPTION_TGI_COMPAT: "true" },
    { family: "rolling", minor: 27, tgi: true },
  ],
  ["0.28.0-lmi10.0.0-cu124", { OPTION_BEDROCK_COMPAT: "true" }, { family: "rolling", bedrock: false }],
  ["0.29.0-lmi11.0.0-cu124", { OPTION_BEDROCK_COMPAT: "true" }, { family: "rolling", bedrock: true }],
  ["0.31.0-lmi13.0.0-cu124", {}, { family: "rolling", minor: 31, lmi: 13, formatter: undefined }],
  ["0.31.0-lmi13.0.0-cu124", { OPTION_OUTPUT_FORMATTER: "sse" }, { family: "rolling", formatter: "sse" }],
  ["0.31.0-lmi13.0.0-cu124", { OPTION_OUTPUT_FORMATTER: "mine" }, { family: "unknown-lmi" }],
  ["0.33.0-lmi15.0.0-cu128", {}, { family: "rolling", minor: 33 }],
  [
    "0.33.0-lmi15.0.0-cu128",
    { OPTION_ASYNC_MODE: "true", OPTION_ROLLING_BATCH: "disable" },
    { family: "async", lmi: 15 },
  ],
  ["0.35.0-lmi17.0.0-cu128", {}, { family: "async", lmi: 17 }],
  ["0.36.0-lmi27.0.0-cu130", {}, { family: "async", lmi: 27 }],
  ["0.36.0-lmi27.0.0-cu130", { OPTION_TGI_COMPAT: "true" }, { family: "async", lmi: 27 }],
  [
    "0.36.0-lmi26.0.0-cu130",
    { OPTION_ROLLING_BATCH: "vllm", OPTION_TGI_COMPAT: "true" },
    { family: "rolling", minor: 36, lmi: 26, tgi: true },
  ],
  ["0.36.0-lmi27.0.0-cu130", { OPTION_ROLLING_BATCH: "trtllm" }, { family: "unknown-lmi" }],
  ["0.30.0-tensorrtllm0.12.0-cu125", {}, { family: "rolling", minor: 30, lmi: 12, backend: "trtllm" }],
  ["0.30.0-tensorrtllm0.12.0-cu125", { OPTION_ROLLING_BATCH: "vllm" }, { family: "unknown-lmi" }],
  [
    "0.29.0-neuronx-sdk2.19.1",
    { OPTION_ROLLING_BATCH: "auto" },
    { family: "rolling", minor: 29, backend: "neuron" },
  ],
])("%s with %j", (tag, environment, wanted) => {
  expect(chooseContainer(IMAGE + tag, environment)).toMatchObject(wanted);
});

// The rows by which the dashboard says what runs; both must be right about the same container.
const modesSchema = z.object({
  rows: z.array(z.tuple([z.string(), z.record(z.string(), z.string()), z.string()])),
});
const MODES = new URL("../../lib/lmi/container-modes.json", import.meta.url);

test.each(modesSchema.parse(JSON.parse(readFileSync(MODES, "utf8"))).rows)(
  "%s with %j runs as it does in LMI",
  (tag, environment, mode) => {
    const { family } = chooseContainer(IMAGE + tag, environment);
    // Without a rolling batch Neuron's own handler answers, which is not imitated.
    const isNeurons = tag.includes("neuronx") && mode === "dynamic";
    expect(family.replace("rolling-026", "rolling")).toBe(isNeurons ? "unknown-lmi" : mode);
  },
);

test("another image is no LMI container", () => {
  expect(
    chooseContainer("1.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4", {}),
  ).toEqual({
    family: "not-lmi",
  });
});
