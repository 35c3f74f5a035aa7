import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import { readErrorBody } from "#lib/wire/read-error-body.ts";
import { containerFailure } from "./container-failure.ts";

const DUMP =
  '{"code":424,"message":"Async Inference Failure service.invoke_handler_async() failure","properties":{},"content":{"keys":[],"values":[]},"cancelled":false}';

// The shapes of lmi-wire 7.1, as bodies.
describe.each([
  ["0.26, an engine failure", '{\n  "error": "",\n  "code": 424\n}', "model-error", /without a word/],
  [
    "an unreadable request",
    '{"error":"Input Parsing failed. Invalid request payload. The \\u0027inputs\\u0027 field must be a string","code":424}',
    "invalid",
    /could not read/,
  ],
  [
    "0.30+, an engine failure",
    '{"error":"exception occurred during rolling batch inference","code":424}',
    "model-error",
    /container's batch/,
  ],
  [
    "0.32+, a long prompt",
    '{"error":"Input prompt (9000 tokens) is too long and exceeds limit of 4096","code":424}',
    "invalid",
    /context/,
  ],
  [
    "a Gson dump of a batch",
    '{"code":424,"message":"Batch inference failed","properties":{},"content":{"keys":[],"values":[]},"cancelled":false}',
    "model-error",
    /container's batch/,
  ],
  ["a Gson dump of async", DUMP, "model-error", /keeps the reason to its log/],
  [
    "v18+, vLLM's printed error",
    `{"error":"error\\u003dErrorInfo(message\\u003d\\"This model's maximum context length is 4096 tokens.\\", type\\u003d\\u0027BadRequestError\\u0027, param\\u003dNone, code\\u003d400)","code":500}`,
    "invalid",
    /context/,
  ],
  [
    "vLLM in a stream",
    '{"error": {"message": "boom", "type": "InternalServerError", "param": null, "code": 500}}',
    "model-error",
    /failed with status 500/,
  ],
  [
    "vLLM 0.8, an unknown model",
    '{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}',
    "model-error",
    /no model of that name/,
  ],
  [
    "the front end, busy",
    '{\n  "code": 503,\n  "type": "WlmCapacityException",\n  "message": "Worker queue capacity exceeded for model: model"\n}\n',
    "throttled",
    /too busy/,
  ],
  [
    "the front end, a full batch",
    '{"code":400,"type":"TranslateException","message":"Time out in: 60"}',
    "throttled",
    /too busy/,
  ],
  [
    "the front end, out of memory",
    '{"code":507,"type":"WlmOutOfMemoryException","message":"No memory"}',
    "model-error",
    /accelerator memory/,
  ],
  [
    "dynamic batching",
    '{"code":424,"message":"prediction failure","error":""}',
    "model-error",
    /handler failed/,
  ],
  ["plain words", "RuntimeError: boom", "model-error", /The container failed\./],
] as const)("%s", (_name, body, code, sentence) => {
  test("is a sentence with a next step", () => {
    const { message, code: status } = readErrorBody(body);
    const failure = containerFailure({ message, status: typeof status === "number" ? status : null });
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(sentence);
    expect(failure.hint).toMatch(/\w+.*[.]$/s);
    expect(failure.detail ?? "").toBe(message);
  });
});

const FOLDER = new URL("../wire/fixtures/lmi-wire/", import.meta.url);
const { fixtures } = z
  .object({
    fixtures: z.array(z.object({ file: z.string(), expected: z.looseObject({ error: z.unknown() }) })),
  })
  .parse(JSON.parse(readFileSync(new URL("manifest.json", FOLDER), "utf8")));

test("every error of the recorded bodies has a sentence and a next step", () => {
  const failing = fixtures.filter(({ expected }) => expected.error !== null);
  expect(failing.length).toBeGreaterThan(12);
  for (const { file } of failing) {
    const parser = createStreamParser();
    const events = [...parser.push(readFileSync(new URL(file, FOLDER))), ...parser.end()];
    const error = events.find((event) => event.type === "error");
    if (error?.type !== "error") return expect.fail(file);
    const status = typeof error.code === "number" ? error.code : null;
    const { message, hint } = containerFailure({ message: error.message, status });
    expect(`${message} ${hint ?? ""}`, file).toMatch(/^[A-Z].*\. .+\.$/s);
  }
});
