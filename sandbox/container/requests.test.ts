import { describe, expect, test } from "vitest";
import type { GenerationEvent, GenerationRequest } from "../engine/generation.ts";
import { sendTestRequest as send, tokenEvent as token } from "./send-test-request.ts";

const OLD = "0.26.0-deepspeed0.12.6-cu121";
const TENSOR_RT = "0.26.0-tensorrtllm0.7.1-cu122";
const JSON_LINES = { OPTION_ROLLING_BATCH: "auto", OPTION_OUTPUT_FORMATTER: "jsonlines" };
const NEW = "0.36.0-lmi27.0.0-cu130";
const VLLM = { OPTION_ROLLING_BATCH: "vllm", OPTION_OUTPUT_FORMATTER: "jsonlines" };
const ASYNC = { OPTION_ASYNC_MODE: "true", OPTION_ROLLING_BATCH: "disable" };

const FAILED: GenerationEvent = { type: "failed", message: "boom", reason: "engine" };

describe("the defaults of a container", () => {
  test.each<[string, string, Record<string, string>, unknown, Partial<GenerationRequest>]>([
    [
      "0.26 vLLM samples, forgets the seed, stops at 16",
      OLD,
      VLLM,
      { parameters: { do_sample: false, seed: 3 } },
      { temperature: 1, seed: 99, maxTokens: 16 },
    ],
    [
      "0.26 lmi-dist is greedy without do_sample",
      OLD,
      { OPTION_ROLLING_BATCH: "lmi-dist" },
      { parameters: { temperature: 0.7, seed: 3 } },
      { temperature: 0, seed: 3, maxTokens: 30 },
    ],
    [
      "0.26 TensorRT-LLM is greedy, keeps the seed, stops at 128",
      TENSOR_RT,
      JSON_LINES,
      { parameters: { temperature: 0.7, seed: 3, ignore_eos_token: true } },
      { temperature: 0, seed: 3, maxTokens: 128, ignoreEos: false },
    ],
    [
      "0.26 TensorRT-LLM samples with defaults of its own",
      TENSOR_RT,
      JSON_LINES,
      { parameters: { do_sample: true } },
      { temperature: 0.8, topK: 5, topP: 0.85 },
    ],
    [
      "0.31 is greedy whatever the temperature",
      "0.31.0-lmi13.0.0-cu124",
      {},
      { parameters: { temperature: 0.7 } },
      { temperature: 0, maxTokens: 30 },
    ],
    [
      "0.32 samples when a temperature is given",
      "0.32.0-lmi14.0.0-cu126",
      {},
      { parameters: { temperature: 0.7 } },
      { temperature: 0.7 },
    ],
    ["async samples by default", NEW, {}, {}, { temperature: 1, maxTokens: 30, refuseOverlong: true }],
    [
      "async is greedy for do_sample false",
      NEW,
      {},
      { parameters: { do_sample: false, temperature: 0.7 } },
      { temperature: 0 },
    ],
  ])("%s", async (_name, tag, environment, body, wanted) => {
    const { asked } = await send(tag, environment, { inputs: "x", ...(body as object) });
    expect(asked[0]).toMatchObject({ prompt: "x", ...wanted });
  });

  test("completions stop at 16, chat at the end of the context", async () => {
    expect((await send(NEW, {}, { prompt: "x" })).asked[0]?.maxTokens).toBe(16);
    const chat = await send(
      NEW,
      {},
      {
        messages: [
          { role: "system", content: "Be kind." },
          { role: "user", content: "Hi" },
        ],
      },
    );
    expect(chat.asked[0]).toMatchObject({ maxTokens: null, prompt: "Be kind.\nUser: Hi\nAssistant:" });
  });
});

describe("what a container does not know", () => {
  test("fails every 0.26 vLLM request, and is passed over by async", async () => {
    const body = { inputs: "x", parameters: { stop_sequences: ["x"] } };
    expect(await send(OLD, VLLM, body)).toMatchObject({
      status: 200,
      text: '{\n  "error": "",\n  "code": 424\n}',
      asked: [],
    });
    expect((await send(NEW, {}, { ...body, stream: true }, [token("ax"), token("b", true)])).text).toContain(
      '"generated_text": "axb"',
    );
  });

  test("is chat in 0.26, which fails, and a beam search in rolling batch here, which says so", async () => {
    const chat = { messages: [{ role: "user", content: "x" }] };
    expect((await send(OLD, VLLM, chat)).text).toContain('"error": ""');
    const { status, text } = await send(
      "0.31.0-lmi13.0.0-cu124",
      {},
      { inputs: "x", parameters: { num_beams: 2 } },
    );
    expect(status).toBe(424);
    expect(text).toContain("num_beams: not emulated by this sandbox for LMI 0.31");
  });
});

describe("an engine that fails before the first token", () => {
  const DUMP =
    '{"code":424,"message":"Async Inference Failure service.invoke_handler_async() failure","properties":{},"content":{"keys":[],"values":[]},"cancelled":false}';
  const FLAT = '{"error":"boom","code":400}';
  const PRINTED = `{"error":"error\\u003dErrorInfo(message\\u003d\\u0027boom\\u0027, type\\u003d\\u0027BadRequestError\\u0027, param\\u003dNone, code\\u003d400)","code":500}`;

  test.each([
    ["0.33.0-lmi15.0.0-cu128", 400, FLAT, 424, DUMP],
    ["0.34.0-lmi16.0.0-cu128", 424, DUMP, 424, DUMP],
    ["0.35.0-lmi17.0.0-cu128", 424, DUMP, 424, DUMP],
    ["0.36.0-lmi18.0.0-cu128", 500, PRINTED, 424, DUMP],
    ["0.36.0-lmi25.0.0-cu130", 500, PRINTED, 424, DUMP],
    ["0.36.0-lmi26.0.0-cu130", 500, PRINTED, 500, PRINTED],
  ])("%s: chat and the LMI schema", async (tag, chatStatus, chatText, lmiStatus, lmiText) => {
    const chat = { messages: [{ role: "user", content: "x" }], stream: true };
    expect(await send(tag, ASYNC, chat, [FAILED])).toMatchObject({
      status: chatStatus,
      text: chatText,
      type: "application/json",
    });
    expect(await send(tag, ASYNC, { inputs: "x", stream: true }, [FAILED])).toMatchObject({
      status: lmiStatus,
      text: lmiText,
    });
  });

  test("a full queue is the front end's own 503 in every mode", async () => {
    const busy: GenerationEvent = { type: "failed", message: "", reason: "busy" };
    for (const [tag, environment] of [
      [OLD, VLLM],
      ["0.31.0-lmi13.0.0-cu124", {}],
      [NEW, {}],
    ] as const) {
      const { status, text } = await send(tag, environment, { inputs: "x" }, [busy]);
      expect(status).toBe(503);
      expect(text).toBe(
        '{\n  "code": 503,\n  "type": "WlmCapacityException",\n  "message": "Worker queue capacity exceeded for model: model"\n}\n',
      );
    }
  });
});

describe("several choices", () => {
  test("come interleaved with a mixed generated_text in the LMI schema", async () => {
    const body = { inputs: "x", parameters: { top_n_tokens: 2, seed: 7 }, stream: true };
    const { text, asked } = await send(NEW, {}, body, [token("a"), token("b", true)]);
    expect(asked.map((request) => request.seed)).toEqual([7, 8]);
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { index: number; generated_text: string | null });
    expect(lines.map((line) => line.index)).toEqual([0, 1, 0, 1]);
    expect(lines.at(-1)?.generated_text).toBe("aabb");
  });

  test("are refused by vLLM's rules where a value is out of range or of the wrong type", async () => {
    expect((await send(NEW, {}, { prompt: "x", n: 0 })).text).toContain("n must be at least 1, got 0.");
    expect((await send(NEW, {}, { prompt: "x", top_p: 1.5 })).text).toContain(
      "top_p must be in (0, 1], got 1.5.",
    );
    expect(await send(NEW, {}, { prompt: "x", temperature: "hot" })).toMatchObject({
      status: 424,
      asked: [],
    });
    expect((await send(NEW, {}, { prompt: "x", model: "other" })).text).toContain(
      "The model `other` does not exist.",
    );
  });
});

test("usage comes as a last line only where it is asked for", async () => {
  const events = [{ type: "prompt" as const, count: 4, ids: [1, 2, 3, 4], tokens: [] }, token("a", true)];
  const body = { prompt: "x", stream: true };
  expect((await send(NEW, {}, body, events)).text).not.toContain("usage");
  const { text } = await send(NEW, {}, { ...body, stream_options: { include_usage: true } }, events);
  expect(text).toMatch(
    /"choices":\[\],"usage":\{"prompt_tokens":4,"total_tokens":5,"completion_tokens":1\}\}\n\n$/,
  );
});

describe("return_token_ids, which vLLM has since 0.10.2", () => {
  const prompt: GenerationEvent = { type: "prompt", count: 2, ids: [7, 8], tokens: [] };
  const events = [prompt, token("a"), token("b", true)];
  const IDS = /"(prompt_token_ids|token_ids)":(\[[\d,]*\]|null)/g;

  test("completions give the prompt's ids once and each token's own", async () => {
    const body = { prompt: "x", stream: true, return_token_ids: true };
    expect((await send(NEW, {}, body, events)).text.match(IDS)).toEqual([
      '"prompt_token_ids":[7,8]',
      '"token_ids":[5]',
      '"prompt_token_ids":null',
      '"token_ids":[5]',
    ]);
  });

  test("chat gives the prompt's ids with the role", async () => {
    const body = { messages: [{ role: "user", content: "x" }], stream: true, return_token_ids: true };
    expect((await send(NEW, {}, body, events)).text.match(IDS)).toEqual([
      '"prompt_token_ids":[7,8]',
      '"token_ids":[5]',
      '"token_ids":[5]',
    ]);
  });

  test("nobody who did not ask is told", async () => {
    const { text } = await send(NEW, {}, { prompt: "x", stream: true }, events);
    expect(text).toContain('"token_ids":null');
    expect(text).not.toContain("[5]");
  });

  test("v15 bundles an older vLLM and has neither", async () => {
    const body = { prompt: "x", stream: true, return_token_ids: true };
    expect((await send("0.33.0-lmi15.0.0-cu128", ASYNC, body, events)).text).not.toContain("token_ids");
  });
});

describe("0.26 TensorRT-LLM", () => {
  const body = { inputs: "x", parameters: { details: true } };
  const ended: GenerationEvent = {
    type: "token",
    token: { id: 2, text: "</s>", bytes: [], logProb: -0.25 },
    delta: "",
    special: true,
    top: [],
    finish: { reason: "stop", stop: "!" },
  };

  test("streams the difference of sums, keeps an id without text, and calls a stop string the end token", async () => {
    const { type, text } = await send(TENSOR_RT, JSON_LINES, body, [token("a"), ended]);
    expect(type).toBe("application/jsonlines");
    expect(text).toBe(
      '{"token": {"id": 5, "text": "a", "log_prob": -0.5}}\n' +
        '{"token": {"id": 2, "log_prob": -0.25}, "generated_text": "a", "details": {"finish_reason": "eos_token"}}\n',
    );
  });

  test("answers json in pieces, with the tokens in details", async () => {
    const { text } = await send(TENSOR_RT, {}, body, [token("a"), token("b", true)]);
    expect(JSON.parse(text)).toEqual({
      generated_text: "ab",
      details: {
        finish_reason: "length",
        tokens: [
          { id: 5, text: "a", log_prob: -0.5 },
          { id: 5, text: "b", log_prob: -0.5 },
        ],
      },
    });
  });
});
