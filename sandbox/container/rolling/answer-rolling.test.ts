import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { GenerationEvent } from "../../engine/generation.ts";
import { sendTestRequest as send, tokenEvent as token } from "../send-test-request.ts";

const V27 = "0.27.0-deepspeed0.12.6-cu121";
const V28 = "0.28.0-lmi10.0.0-cu124";
const V29 = "0.29.0-lmi11.0.0-cu124";
const V31 = "0.31.0-lmi13.0.0-cu124";
const V32 = "0.32.0-lmi14.0.0-cu126";
const V33 = "0.33.0-lmi15.0.0-cu128";
const TRT = "0.30.0-tensorrtllm0.12.0-cu125";
// The first release whose rolling batch is on by itself.
const NEURON = "0.30.0-neuronx-sdk2.20.1";
const FAILED: GenerationEvent = { type: "failed", message: "boom", reason: "engine" };
const CHAT = { messages: [{ role: "user", content: "x" }] };

function lines(text: string): unknown[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

function ending(text: string, reason: "eos" | "stop", special = false): GenerationEvent {
  const event = token(text, true);
  if (event.type !== "token") throw new Error("not a token");
  return { ...event, special, finish: { reason, stop: null } };
}

function withLogProb(text: string, logProb: number, last = false): GenerationEvent {
  const event = token(text, last);
  if (event.type !== "token") throw new Error("not a token");
  return { ...event, token: { ...event.token, logProb } };
}

describe("an engine that fails", () => {
  const OBJECT = '{"error":"exception occurred during rolling batch inference","code":424}';

  test.each([
    [V27, 200, null, '{"error":"","code":424}'],
    [V28, 200, "application/json", '{"generated_text": "", "details": {"finish_reason": "error"}}'],
    [
      V29,
      200,
      "application/json",
      '{"code":424,"message":"Batch inference failed","properties":{},"content":{"keys":[],"values":[]},"cancelled":false}',
    ],
    [V31, 424, "application/json", OBJECT],
  ])("before the first token in %s", async (tag, status, type, text) => {
    expect(await send(tag, {}, { inputs: "x" }, [FAILED])).toMatchObject({ status, type, text });
  });

  test.each([
    [V27, '{"token": {"id": [5], "text": "a", "log_prob": -0.5}}\n{"error":"","code":424}'],
    [
      V28,
      '{"token": {"id": 5, "text": "a", "log_prob": -0.5}}\n{"token": {"id": -1, "text": "", "log_prob": -1, "special_token": true}, "generated_text": "a", "details": {"finish_reason": "error"}}\n',
    ],
    [V29, '{"token": {"id": 5, "text": "a", "log_prob": -0.5}}\n{"error":"boom","code":424}'],
    [V31, `{"token": {"id": 5, "text": "a", "log_prob": -0.5}}\n${OBJECT}`],
  ])("in the middle of a stream in %s", async (tag, text) => {
    const body = { inputs: "x", stream: true };
    expect(await send(tag, {}, body, [token("a"), FAILED])).toMatchObject({ status: 200, text });
  });

  test("stands bare in an event stream, and inside the open string in 0.27's pieces", async () => {
    const events = [token("a"), FAILED];
    const sse = await send(V31, { OPTION_OUTPUT_FORMATTER: "sse" }, { inputs: "x", stream: true }, events);
    expect(sse.text).toBe(`data: {"token": {"id": 5, "text": "a", "log_prob": -0.5}}\n\n${OBJECT}`);
    expect((await send(V27, {}, { inputs: "x" }, events)).text).toBe(
      '{"generated_text": "a{"error":"","code":424}',
    );
    const tgi = await send(V31, { OPTION_TGI_COMPAT: "true" }, { inputs: "x" }, events);
    expect(tgi).toMatchObject({ status: 424, text: OBJECT });
  });
});

describe("the oddities of 0.27 and 0.28", () => {
  test("0.27 doubles a generation of one token", async () => {
    expect((await send(V27, {}, { inputs: "x" }, [token("Yes", true)])).text).toBe(
      '{"generated_text": "YesYes"}',
    );
  });

  test("a prompt shown in front is unescaped up to 0.28, and escaped from 0.29 on", async () => {
    const body = { inputs: 'a"b', parameters: { return_full_text: true } };
    const events = [token("c"), token("d", true)];
    expect((await send(V27, {}, body, events)).text).toBe('{"generated_text": "a"bcd"}');
    expect((await send(V28, {}, body, events)).text).toBe('{"generated_text": "a"bcd"}');
    expect((await send(V29, {}, body, events)).text).toBe('{"generated_text": "a\\"bcd"}');
  });

  test("0.27 writes steps without text as id -1 and leaves zeros out", async () => {
    const events = [token(""), withLogProb("a", 0, true)];
    const { text } = await send(V27, {}, { inputs: "x", stream: true }, events);
    expect(text.split("\n").slice(0, 2)).toEqual([
      '{"token": {"id": [-1]}}',
      '{"token": {"id": [5], "text": "a"}, "generated_text": "a"}',
    ]);
  });

  test("0.28 forgets tgi names where jsonlines is asked for by name, 0.29 does not", async () => {
    const body = { inputs: "x", parameters: { output_formatter: "jsonlines" } };
    expect((await send(V28, { OPTION_TGI_COMPAT: "true" }, body)).text).toContain('"log_prob"');
    expect((await send(V29, { OPTION_TGI_COMPAT: "true" }, body)).text).toContain('"logprob"');
  });
});

describe("how streaming is chosen", () => {
  const inside = { inputs: "x", parameters: { stream: true } };

  test.each([
    [V28, inside, "application/json"],
    [V29, inside, "application/jsonlines"],
    [V29, { ...inside, stream: false }, "application/json"],
    [V31, inside, "application/json"],
    [V31, { inputs: "x", stream: true }, "application/jsonlines"],
    [V31, { inputs: "x", parameters: { output_formatter: "sse" } }, "text/event-stream"],
    [V31, { inputs: "x", stream: true, parameters: { output_formatter: "json" } }, "application/json"],
    [V31, { inputs: "x", stream: true, parameters: { output_formatter: "mine" } }, "application/jsonlines"],
    [V31, { inputs: "x", parameters: { output_formatter: "none" } }, null],
  ])("%s with %j", async (tag, body, type) => {
    expect((await send(tag, {}, body)).type).toBe(type);
  });
});

describe("chat", () => {
  test("stops at 30 tokens up to 0.31, and at the end of the context from 0.32 on", async () => {
    expect((await send(V31, {}, CHAT)).asked[0]?.maxTokens).toBe(30);
    expect((await send(V32, {}, CHAT)).asked[0]?.maxTokens).toBeNull();
    expect((await send(V32, {}, { ...CHAT, max_tokens: 9 })).asked[0]?.maxTokens).toBe(9);
  });

  test("has log probs only for logprobs with top_logprobs, and never in vLLM's own path", async () => {
    const both = { ...CHAT, logprobs: true, top_logprobs: 1 };
    expect((await send(V31, {}, { ...CHAT, logprobs: true })).text).toContain('"logprobs": null');
    expect((await send(V31, {}, both)).text).toContain('"logprobs": {"content"');
    expect((await send(V31, {}, { ...both, stream: true })).text).toContain('"logprobs": [{"content"');
    expect((await send(V32, {}, both)).text).toContain('"logprobs": null');
    expect(
      (await send("0.33.0-tensorrtllm0.21.0-cu128", { OPTION_ROLLING_BATCH: "trtllm" }, both)).text,
    ).toContain('"logprobs": {');
  });

  test.each([
    ["0.36.0-lmi25.0.0-cu130", "application/jsonlines", false],
    ["0.36.0-lmi26.0.0-cu130", "text/event-stream", true],
  ])("%s streams as %s", async (tag, type, done) => {
    const answer = await send(tag, { OPTION_ROLLING_BATCH: "vllm" }, { ...CHAT, stream: true });
    expect(answer.type).toBe(type);
    expect(answer.text.endsWith("data: [DONE]\n\n")).toBe(done);
  });

  test("gives code points as bytes, and null for no text", async () => {
    const body = { ...CHAT, logprobs: true, top_logprobs: 1 };
    const { text } = await send(V31, {}, body, [token("😀"), token("", true)]);
    expect(text.match(/"bytes": (\[\d+\]|null)/g)?.slice(0, 4)).toEqual([
      '"bytes": [128512]',
      '"bytes": [128512]',
      '"bytes": null',
      '"bytes": null',
    ]);
  });
});

describe("what a release reads of a request", () => {
  const list = { inputs: ["x", "y"] };

  test("the first of a list up to 0.29; later a list is refused by name", async () => {
    expect((await send(V29, {}, list)).asked).toMatchObject([{ prompt: "x" }]);
    const { status, text, asked } = await send(TRT, {}, list);
    expect({ status, asked }).toEqual({ status: 424, asked: [] });
    expect(text).toContain("Received type \\u003cclass \\u0027list\\u0027\\u003e");
  });

  test("ignore_eos of a chat from 0.29 on", async () => {
    const body = { ...CHAT, ignore_eos: true };
    expect((await send(V28, {}, body)).asked[0]?.ignoreEos).toBe(false);
    expect((await send(V29, {}, body)).asked[0]?.ignoreEos).toBe(true);
  });
});

describe("parsers of vLLM's chat", () => {
  const tool = { tools: [{}], tool_choice: { type: "function", function: { name: "f" } } };

  test("swallow the role and the end with the tokens that hold them", async () => {
    const environment = { OPTION_REASONING_PARSER: "deepseek_r1" };
    const events = [token("<think>"), token("a"), token("</think>", true)];
    const { text } = await send(V32, environment, { ...CHAT, stream: true }, events);
    expect(lines(text)).toMatchObject([
      { choices: [{ delta: { reasoning_content: "a" }, finish_reason: null }] },
    ]);
    expect(text).not.toContain("role");
    expect((await send(V31, environment, { ...CHAT, stream: true }, events)).text).toContain("<think>");
  });

  test("take a named tool in a stream, and nothing else here", async () => {
    const streamed = { ...CHAT, ...tool, stream: true };
    expect(lines((await send(V32, {}, streamed)).text)).toMatchObject([
      { choices: [{ delta: { tool_calls: [{ function: { name: "f", arguments: "Hi" } }] } }] },
    ]);
    for (const body of [
      { ...CHAT, ...tool },
      { ...streamed, tool_choice: "required" },
    ]) {
      expect(await send(V32, {}, body)).toMatchObject({ status: 424, asked: [] });
    }
    expect((await send(V31, {}, { ...CHAT, ...tool })).text).toContain('"content": "Hi"');
  });
});

describe("bedrock_compat", () => {
  const bedrock = { OPTION_BEDROCK_COMPAT: "true" };

  test("samples where a temperature is given, and needs a prompt", async () => {
    const body = { prompt: "x", max_gen_len: 9, temperature: 0.5, top_p: 0.9 };
    const { asked, text } = await send(V31, bedrock, body);
    expect(asked[0]).toMatchObject({ prompt: "x", maxTokens: 9, temperature: 0.5, topP: 0.9 });
    expect(JSON.parse(text)).toMatchObject({ body: { generation: "xHi", stop_reason: "length" } });
    expect((await send(V31, bedrock, { prompt: "x" })).asked[0]).toMatchObject({ temperature: 0 });
    expect(await send(V31, bedrock, { max_gen_len: 9 })).toMatchObject({ status: 424, asked: [] });
  });

  test("streams a line for each token where SageMaker was asked for a stream", async () => {
    const events = [token("Hi"), token("!"), ending("", "eos", true)];
    const { type, text } = await send(V31, bedrock, { prompt: "x", max_gen_len: 9 }, events, true);
    expect(type).toBe("application/jsonlines");
    const bodies = lines(text).map((line) => z.object({ body: z.unknown() }).parse(line).body);
    const count = { prompt_token_count: null, stop_reason: null };
    expect(bodies).toEqual([
      { ...count, generation: "Hi", prompt_token_count: 0, generation_token_count: 1 },
      { ...count, generation: "!", generation_token_count: 2 },
      { ...count, generation: "", generation_token_count: 3, stop_reason: "eos_token" },
    ]);
    expect(text.split("\n")[1]).toContain('"metering": {"outputTokenCount": 2}, "content_type"');
  });

  test("ends a stream that fails with the error of its version", async () => {
    const { text } = await send(V31, bedrock, { prompt: "x" }, [token("Hi"), FAILED], true);
    expect(lines(text).at(-1)).toEqual(
      lines((await send(V31, {}, { inputs: "x", stream: true }, [token("Hi"), FAILED])).text).at(-1),
    );
  });
});

describe("several sequences", () => {
  const body = { inputs: "x", parameters: { n: 3, best_of: 2, seed: 4 } };

  test("are in details unasked; up to 0.32 best_of overwrites n", async () => {
    const old = await send(V32, {}, body);
    expect(old.asked.map((request) => request.seed)).toEqual([4, 5]);
    expect(JSON.parse(old.text)).toMatchObject({ details: { inputs: "x", best_of_sequences: [{}] } });
    expect((await send(V33, {}, body)).asked).toHaveLength(3);
  });

  test("are one in a stream and in 0.28", async () => {
    expect((await send(V31, {}, { ...body, stream: true })).asked).toHaveLength(1);
    expect((await send(V28, {}, body)).asked).toHaveLength(1);
  });
});

describe("prefill", () => {
  const prompt: GenerationEvent = {
    type: "prompt",
    count: 1,
    ids: [7],
    tokens: [{ id: 7, text: " é\n", bytes: [...Buffer.from(" é\n")], logProb: null }],
  };

  test.each([
    [V28, " é\n"],
    [V31, "ĠÃ©Ċ"],
    [V32, " é\n"],
  ])("%s shows %j", async (tag, shown) => {
    const body = { inputs: "x", parameters: { details: true, decoder_input_details: true } };
    const { text, asked } = await send(tag, {}, body, [prompt, token("a", true)]);
    expect(asked[0]?.promptLogProbs).toBe(true);
    expect(JSON.parse(text)).toMatchObject({
      details: { prefill: [{ id: 7, text: shown, log_prob: null }] },
    });
  });
});

describe("finish reasons and numbers", () => {
  test.each([
    [V31, "eos_token"],
    [TRT, "eos_token"],
    [NEURON, "stop_sequence"],
  ])("%s calls a stop string %s", async (tag, finish) => {
    const body = { inputs: "x", parameters: { details: true } };
    expect((await send(tag, {}, body, [ending("a", "stop")])).text).toContain(`"finish_reason": "${finish}"`);
  });

  test("only Neuron tells special tokens, and blanks their text", async () => {
    const body = { inputs: "x", stream: true };
    const event = ending("</s>", "eos", true);
    expect(lines((await send(NEURON, {}, body, [event])).text)).toMatchObject([
      { token: { text: "", special_token: true } },
    ]);
    expect((await send(V31, {}, body, [event])).text).not.toContain("special_token");
  });

  test("TensorRT-LLM gives differences of sums, with their noise", async () => {
    const events = [withLogProb("a", -0.1), withLogProb("b", -0.2), withLogProb("c", -0.3, true)];
    const { text } = await send(TRT, {}, { inputs: "x", stream: true }, events);
    const sums = [-0.1, -0.1 + -0.2, -0.1 + -0.2 + -0.3] as const;
    expect(lines(text)).toMatchObject([
      { token: { log_prob: -0.1 } },
      { token: { log_prob: sums[1] - sums[0] } },
      { token: { log_prob: sums[2] - sums[1] } },
    ]);
  });

  test("what is no number is a bare word, which JSON does not know", async () => {
    const events = [withLogProb("a", Number.NEGATIVE_INFINITY), withLogProb("b", Number.NaN, true)];
    const { text } = await send(V31, {}, { inputs: "x", stream: true }, events);
    expect(text).toContain('"log_prob": -Infinity}');
    expect(text).toContain('"log_prob": NaN}');
  });

  test("TensorRT-LLM samples by its own defaults", async () => {
    const body = { inputs: "x", parameters: { do_sample: true } };
    expect((await send(TRT, {}, body)).asked[0]).toMatchObject({ temperature: 0.8, topK: 5, topP: 0.85 });
  });
});
