import { expect, test } from "vitest";
import type { GenerationEvent } from "../../engine/generation.ts";
import { sendTestRequest as send, tokenEvent as token } from "../send-test-request.ts";

const VLLM = "0.36.0-lmi27.0.0-cu130";
const TRT = "0.33.0-tensorrtllm0.21.0-cu128";
const ASYNC = { OPTION_ASYNC_MODE: "true" };
const STRANGE = [withLogProb(Number.NEGATIVE_INFINITY), withLogProb(Number.NaN, true)];

function withLogProb(logProb: number, last = false): GenerationEvent {
  const event = token("a", last);
  if (event.type !== "token") throw new Error("not a token");
  return { ...event, token: { ...event.token, logProb } };
}

test("vLLM clamps minus infinity; NaN is null in a stream and a bare word in whole details", async () => {
  const stream = await send(VLLM, {}, { inputs: "x", stream: true }, STRANGE);
  expect(stream.text.match(/"logprob": [^}]+/g)).toEqual(['"logprob": -9999.0', '"logprob": null']);
  const whole = await send(VLLM, {}, { inputs: "x", parameters: { details: true } }, STRANGE);
  expect(whole.text.match(/"logprob": [^}]+/g)).toEqual(['"logprob": -9999.0', '"logprob": NaN']);
});

test("chat and completions write NaN as null", async () => {
  const completion = await send(VLLM, {}, { prompt: "x", logprobs: 1, stream: true }, STRANGE);
  expect(completion.text).toContain('"token_logprobs":[-9999.0]');
  expect(completion.text).toContain('"token_logprobs":[null]');
});

test("TensorRT-LLM shows no tokens and no prefill in a whole answer", async () => {
  const body = { inputs: "x", parameters: { details: true, decoder_input_details: true } };
  const { text } = await send(TRT, ASYNC, body, [token("a"), token("b", true)]);
  expect(JSON.parse(text)).toMatchObject({ generated_text: "ab", details: { tokens: [], prefill: [] } });
});

test("TensorRT-LLM's own schemas are refused in words", async () => {
  for (const body of [{ prompt: "x" }, { messages: [{ role: "user", content: "x" }] }]) {
    const { status, text } = await send(TRT, ASYNC, body);
    expect(status).toBe(424);
    expect(text).toContain("not emulated by this sandbox");
  }
});
