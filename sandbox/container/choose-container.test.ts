import { expect, test } from "vitest";
import { chooseContainer } from "./choose-container.ts";

const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:";

test.each<[string, Record<string, string>, object]>([
  [
    "0.26.0-deepspeed0.12.6-cu121",
    {},
    { family: "rolling-026", backend: "lmi-dist", formatter: "json", buffer: 4 },
  ],
  [
    "0.26.0-deepspeed0.12.6-cu121",
    { OPTION_ROLLING_BATCH: "vllm", OPTION_OUTPUT_FORMATTER: "jsonlines" },
    { family: "rolling-026", backend: "vllm", formatter: "jsonlines" },
  ],
  ["0.26.0-deepspeed0.12.6-cu121", { OPTION_ROLLING_BATCH: "disable" }, { family: "unknown-lmi" }],
  ["0.27.0-deepspeed0.12.6-cu121", {}, { family: "unknown-lmi" }],
  ["0.31.0-lmi13.0.0-cu124", {}, { family: "rolling", minor: 31, formatter: undefined }],
  ["0.31.0-lmi13.0.0-cu124", { OPTION_OUTPUT_FORMATTER: "sse" }, { family: "unknown-lmi" }],
  ["0.33.0-lmi15.0.0-cu128", {}, { family: "rolling", minor: 33 }],
  [
    "0.33.0-lmi15.0.0-cu128",
    { OPTION_ASYNC_MODE: "true", OPTION_ROLLING_BATCH: "disable" },
    { family: "async", lmi: 15 },
  ],
  ["0.35.0-lmi17.0.0-cu128", {}, { family: "async", lmi: 17 }],
  ["0.36.0-lmi27.0.0-cu130", {}, { family: "async", lmi: 27 }],
  ["0.36.0-lmi27.0.0-cu130", { OPTION_ROLLING_BATCH: "vllm" }, { family: "rolling", minor: 36 }],
  ["0.36.0-lmi27.0.0-cu130", { OPTION_ROLLING_BATCH: "trtllm" }, { family: "unknown-lmi" }],
  ["0.36.0-lmi27.0.0-cu130", { OPTION_TGI_COMPAT: "true" }, { family: "unknown-lmi" }],
  ["0.29.0-neuronx-sdk2.19.1", {}, { family: "unknown-lmi" }],
])("%s with %j", (tag, environment, wanted) => {
  expect(chooseContainer(IMAGE + tag, environment)).toMatchObject(wanted);
});

test("another image is no LMI container", () => {
  expect(
    chooseContainer("1.dkr.ecr.us-east-1.amazonaws.com/huggingface-pytorch-tgi-inference:2.4", {}),
  ).toEqual({
    family: "not-lmi",
  });
});
