import { expect, test } from "vitest";
import type { RequestManner } from "#lib/wire/parameters.ts";
import { variationOf } from "./variation.ts";

const ROLLING: RequestManner = {
  facts: { release: 30, mode: "rolling", engine: "vllm" },
  dialect: "lmi",
  stream: true,
};
const ASYNC: RequestManner = {
  facts: { release: 36, mode: "async", engine: "vllm" },
  dialect: "lmi-async",
  stream: true,
};
const COMPLETIONS: RequestManner = { ...ASYNC, dialect: "completions" };

test.each([
  ["a temperature", { temperature: 0.7 }, ROLLING, "varies"],
  ["temperature 0", { temperature: 0 }, ASYNC, "same"],
  ["no temperature where that is greedy", {}, ROLLING, "same"],
  ["no temperature where that is 1", {}, ASYNC, "varies"],
  ["the switch off", { temperature: 1, doSample: false }, ROLLING, "same"],
  ["the switch off where there is none", { temperature: 1, doSample: false }, COMPLETIONS, "varies"],
  ["only the likeliest token", { temperature: 1, topK: 1 }, ASYNC, "same"],
  ["no temperature where nobody knows", {}, { ...ASYNC, dialect: "bedrock" } as const, "unknown"],
])("with %s samples are as they must be", (_, parameters, manner, kind) => {
  expect(variationOf(parameters, manner).kind).toBe(kind);
});
