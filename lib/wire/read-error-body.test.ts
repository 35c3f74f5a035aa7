import { expect, test } from "vitest";
import { readErrorBody } from "#lib/wire/read-error-body.ts";

test.each([
  ["LMI's Java side", '{"error":"Input parsing failed","code":424}', "Input parsing failed", 424],
  ["0.26, pretty and without words", '{\n  "error": "",\n  "code": 424\n}', "", 424],
  [
    "vLLM inside a stream",
    '{"error": {"message": "boom", "type": "BadRequestError", "param": null, "code": 400}}',
    "boom",
    400,
  ],
  [
    "vLLM 0.8",
    '{"object":"error","message":"too long","type":"BadRequestError","code":400}',
    "too long",
    400,
  ],
  [
    "a Gson dump of an Output",
    '{"code":424,"message":"Batch inference failed","properties":{},"content":{"keys":[],"values":[]},"cancelled":false}',
    "Batch inference failed",
    424,
  ],
  ["the front end", '{"code":503,"type":"WlmCapacityException","message":"queue full"}', "queue full", 503],
  ["dynamic batching", '{"code":424,"message":"prediction failure","error":"CUDA"}', "CUDA", 424],
  [
    "dynamic batching without the exception",
    '{"code":424,"message":"prediction failure","error":""}',
    "prediction failure",
    424,
  ],
  ["FastAPI", '{"detail":"Not Found"}', "Not Found", null],
  [
    "FastAPI's list",
    '{"detail":[{"loc":["body"],"msg":"field required"},{"msg":"too short"}]}',
    "field required; too short",
    null,
  ],
  [
    "a code in words",
    '{"error":{"message":"x","code":"context_length_exceeded"}}',
    "x",
    "context_length_exceeded",
  ],
  ["fields of the wrong type", '{"error":7,"code":{},"message":[]}', "", null],
  ["no JSON", "  upstream timed out\n", "upstream timed out", null],
  ["JSON that is no object", '"oops"', '"oops"', null],
  ["nothing", "", "", null],
])("%s", (_, body, message, code) => {
  expect(readErrorBody(body)).toEqual({ message, code });
});

test("takes the sentence out of the Python repr of vLLM's error", () => {
  const repr =
    "error=ErrorInfo(message='It\\'s too long.\\nShorten it.', type='BadRequestError', param=None, code=400)";
  const body = JSON.stringify({ error: repr, code: 500 });
  expect(readErrorBody(body)).toEqual({ message: "It's too long.\nShorten it.", code: 500 });
  const quoted = "error=ErrorInfo(message=\"model's maximum\", type='BadRequestError', code=400)";
  expect(readErrorBody(quoted)).toEqual({ message: "model's maximum", code: null });
});

test("leaves a text alone that only looks like one", () => {
  expect(readErrorBody("error=ErrorInfo(message=None)").message).toBe("error=ErrorInfo(message=None)");
});
