import { describe, expect, test } from "vitest";
import { type RequestPlan, renderRequest } from "#lib/wire/render-request.ts";
import type { WireFacts } from "#lib/wire/wire-facts.ts";

const VLLM_26: WireFacts = { release: 26, mode: "rolling", engine: "vllm" };
const DIST_26: WireFacts = { release: 26, mode: "rolling", engine: "lmi-dist" };
const VLLM_31: WireFacts = { release: 31, mode: "rolling", engine: "vllm" };
const TRT_31: WireFacts = { release: 31, mode: "rolling", engine: "trtllm" };
const ASYNC: WireFacts = { release: 36, mode: "async", engine: "vllm" };

const ALL = {
  maxNewTokens: 64,
  temperature: 0.7,
  topP: 0.9,
  topK: 40,
  repetitionPenalty: 1.1,
  seed: 7,
  stopSequences: ["###"],
  alternatives: 5,
};

function render(plan: Partial<RequestPlan> & Pick<RequestPlan, "dialect" | "facts">) {
  return renderRequest({
    prompt: "Hi",
    messages: [{ role: "user", content: "Hi" }],
    parameters: {},
    ...plan,
  });
}

function bodyOf(plan: Parameters<typeof render>[0]): unknown {
  return JSON.parse(render(plan).body);
}

function parametersOf(plan: Parameters<typeof render>[0]): unknown {
  const body = bodyOf(plan);
  return typeof body === "object" && body !== null && "parameters" in body ? body.parameters : null;
}

function namesLeftOut(plan: Parameters<typeof render>[0]): string[] {
  return render(plan).leftOut.map(({ name }) => name);
}

test("the body, to the byte: what is absent is not sent", () => {
  expect(render({ dialect: "lmi", facts: VLLM_31, prompt: 'a "b"\n你' })).toEqual({
    body: '{"inputs":"a \\"b\\"\\n你","parameters":{"details":true},"stream":true}',
    contentType: "application/json",
    leftOut: [],
  });
});

describe("rolling batch", () => {
  test("every parameter", () => {
    expect(bodyOf({ dialect: "lmi", facts: VLLM_31, parameters: ALL })).toEqual({
      inputs: "Hi",
      parameters: {
        max_new_tokens: 64,
        do_sample: true,
        temperature: 0.7,
        top_p: 0.9,
        top_k: 40,
        repetition_penalty: 1.1,
        seed: 7,
        stop_sequences: ["###"],
        top_n_tokens: 5,
        details: true,
      },
      stream: true,
    });
  });

  test("a temperature is always said together with do_sample", () => {
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters: { temperature: 0.01 } })).toEqual({
      do_sample: true,
      temperature: 0.01,
      details: true,
    });
  });

  test("temperature 0 is greedy without a temperature", () => {
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters: { temperature: 0 } })).toEqual({
      do_sample: false,
      details: true,
    });
  });

  test("0.26 on vLLM gets no name that it does not know, and greedy as temperature 0", () => {
    const plan = { dialect: "lmi", facts: VLLM_26, parameters: { ...ALL, temperature: 0 } } as const;
    expect(parametersOf(plan)).toEqual({
      max_new_tokens: 64,
      do_sample: false,
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      repetition_penalty: 1.1,
      stop: ["###"],
      details: true,
    });
    expect(namesLeftOut(plan)).toEqual(["seed", "alternatives"]);
  });

  test("0.26 on LMI-Dist has the names of the schema", () => {
    expect(
      parametersOf({ dialect: "lmi", facts: DIST_26, parameters: { stopSequences: ["###"], seed: 7 } }),
    ).toEqual({ stop_sequences: ["###"], seed: 7, details: true });
  });

  test("top_k 0 is no limit: vLLM's word for that is -1", () => {
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters: { topK: 0 } })).toMatchObject({
      top_k: -1,
    });
    expect(parametersOf({ dialect: "lmi", facts: TRT_31, parameters: { topK: 0 } })).toMatchObject({
      top_k: 0,
    });
  });

  test("alternatives only where top_n_tokens is known, and never zero of them", () => {
    const plan = { dialect: "lmi", facts: TRT_31, parameters: { alternatives: 5 } } as const;
    expect(render(plan).body).not.toContain("top_n_tokens");
    expect(namesLeftOut(plan)).toEqual(["alternatives"]);
    expect(render({ dialect: "lmi", facts: VLLM_31, parameters: { alternatives: 0 } }).body).not.toContain(
      "top_n",
    );
  });

  test("no stop sequences are not an empty list of them", () => {
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters: { stopSequences: [] } })).toEqual({
      details: true,
    });
  });
});

describe("vLLM async, LMI schema", () => {
  test("stop has another name, and top_n_tokens is not sent: it would ask for that many answers", () => {
    const plan = { dialect: "lmi-async", facts: ASYNC, parameters: ALL } as const;
    expect(bodyOf(plan)).toEqual({
      inputs: "Hi",
      parameters: {
        max_new_tokens: 64,
        temperature: 0.7,
        top_p: 0.9,
        top_k: 40,
        repetition_penalty: 1.1,
        seed: 7,
        stop: ["###"],
        details: true,
      },
      stream: true,
    });
    expect(render(plan).leftOut).toEqual([
      { name: "alternatives", reason: expect.stringContaining("number of answers") },
    ]);
  });

  test("it samples unless do_sample is false", () => {
    expect(parametersOf({ dialect: "lmi-async", facts: ASYNC, parameters: { temperature: 0 } })).toEqual({
      do_sample: false,
      details: true,
    });
    expect(parametersOf({ dialect: "lmi-async", facts: ASYNC })).toEqual({ details: true });
  });
});

describe("completions", () => {
  test("every parameter", () => {
    const { body, leftOut } = render({ dialect: "completions", facts: ASYNC, parameters: ALL });
    expect(JSON.parse(body)).toEqual({
      prompt: "Hi",
      max_tokens: 64,
      temperature: 0.7,
      top_p: 0.9,
      top_k: 40,
      repetition_penalty: 1.1,
      seed: 7,
      stop: ["###"],
      stream: true,
      logprobs: 5,
      return_token_ids: true,
      stream_options: { include_usage: true },
    });
    expect(leftOut).toEqual([]);
  });

  test("asks for the sampled token's own log probability even without alternatives", () => {
    expect(bodyOf({ dialect: "completions", facts: ASYNC })).toMatchObject({ logprobs: 1 });
  });

  test("temperature 0 is a temperature here", () => {
    expect(bodyOf({ dialect: "completions", facts: ASYNC, parameters: { temperature: 0 } })).toMatchObject({
      temperature: 0,
    });
  });
});

describe("chat", () => {
  test("vLLM async", () => {
    expect(bodyOf({ dialect: "chat", facts: ASYNC, parameters: ALL })).toEqual({
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 64,
      temperature: 0.7,
      top_p: 0.9,
      top_k: 40,
      repetition_penalty: 1.1,
      seed: 7,
      stop: ["###"],
      stream: true,
      logprobs: true,
      top_logprobs: 5,
      return_token_ids: true,
      stream_options: { include_usage: true },
    });
  });

  test("rolling batch before 0.32 drops what OpenAI does not have, and we say so", () => {
    const { body, leftOut } = render({ dialect: "chat", facts: VLLM_31, parameters: ALL });
    expect(JSON.parse(body)).toEqual({
      messages: [{ role: "user", content: "Hi" }],
      max_tokens: 64,
      temperature: 0.7,
      top_p: 0.9,
      seed: 7,
      stop: ["###"],
      stream: true,
      logprobs: true,
      top_logprobs: 5,
    });
    expect(leftOut.map(({ name }) => name)).toEqual(["topK", "repetitionPenalty"]);
  });

  test("log probabilities need both fields", () => {
    expect(bodyOf({ dialect: "chat", facts: VLLM_31 })).toMatchObject({ logprobs: true, top_logprobs: 1 });
  });

  test("an answer that was cut is taken up inside its own message", () => {
    const messages = [
      { role: "user" as const, content: "Hi" },
      { role: "assistant" as const, content: "Deep" },
    ];
    expect(bodyOf({ dialect: "chat", facts: ASYNC, messages, continuesLastMessage: true })).toMatchObject({
      messages,
      continue_final_message: true,
      add_generation_prompt: false,
    });
  });
});

describe("the traps of each container", () => {
  test("a top-p alone is sent, and nothing is made up beside it", () => {
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters: { topP: 0.5 } })).toEqual({
      top_p: 0.5,
      details: true,
    });
  });

  test("who says do_sample themselves is obeyed", () => {
    const parameters = { temperature: 0.7, doSample: false };
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters })).toMatchObject({
      do_sample: false,
      temperature: 0.7,
    });
    expect(namesLeftOut({ dialect: "chat", facts: ASYNC, parameters })).toEqual(["doSample"]);
  });

  test("ignoring the end of text has two names", () => {
    const parameters = { ignoreEos: true };
    expect(bodyOf({ dialect: "chat", facts: ASYNC, parameters })).toMatchObject({ ignore_eos: true });
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters })).toMatchObject({
      ignore_eos_token: true,
    });
    expect(namesLeftOut({ dialect: "lmi", facts: TRT_31, parameters })).toEqual(["ignoreEos"]);
  });

  test("several answers are n, or top_n_tokens where that means answers, or not while streaming", () => {
    const parameters = { answers: 2 };
    expect(parametersOf({ dialect: "lmi-async", facts: ASYNC, parameters })).toMatchObject({
      top_n_tokens: 2,
    });
    expect(bodyOf({ dialect: "completions", facts: ASYNC, parameters })).toMatchObject({ n: 2 });
    expect(namesLeftOut({ dialect: "lmi", facts: VLLM_31, parameters })).toEqual(["answers"]);
    expect(parametersOf({ dialect: "lmi", facts: VLLM_31, parameters, stream: false })).toMatchObject({
      n: 2,
    });
  });

  test("log probabilities that nobody wants are not asked for", () => {
    const parameters = { logProbs: false };
    expect(bodyOf({ dialect: "completions", facts: ASYNC, parameters })).not.toHaveProperty("logprobs");
    expect(bodyOf({ dialect: "chat", facts: ASYNC, parameters })).not.toHaveProperty("top_logprobs");
  });

  test("dynamic batching hands its parameters to the model, which refuses what it does not know", () => {
    const facts: WireFacts = { release: 31, mode: "dynamic", engine: "other" };
    expect(bodyOf({ dialect: "lmi", facts, parameters: { ...ALL, minP: 0.1 } })).toEqual({
      inputs: "Hi",
      parameters: {
        max_new_tokens: 64,
        do_sample: true,
        temperature: 0.7,
        top_p: 0.9,
        top_k: 40,
        repetition_penalty: 1.1,
        seed: 7,
        stop_sequences: ["###"],
      },
    });
  });

  test("bedrock has three parameters of its own", () => {
    const facts: WireFacts = { ...VLLM_31, compat: "bedrock" };
    const plan = { dialect: "bedrock", facts, parameters: ALL } as const;
    expect(bodyOf(plan)).toEqual({ prompt: "Hi", max_gen_len: 64, temperature: 0.7, top_p: 0.9 });
    expect(namesLeftOut(plan)).toEqual([
      "stopSequences",
      "topK",
      "repetitionPenalty",
      "seed",
      "alternatives",
    ]);
  });
});

describe("an answer that comes whole", () => {
  test.each([
    ["lmi", VLLM_31],
    ["lmi-async", ASYNC],
    ["completions", ASYNC],
    ["chat", ASYNC],
  ] as const)("%s", (dialect, facts) => {
    const body = bodyOf({ dialect, facts, stream: false });
    expect(body).toMatchObject({ stream: false });
    // vLLM refuses stream_options without a stream.
    expect(body).not.toHaveProperty("stream_options");
  });
});

test("fields of one's own stand beside the parameters and win", () => {
  const extra = { min_tokens: 3, details: false };
  expect(parametersOf({ dialect: "lmi", facts: VLLM_31, extra })).toEqual(extra);
  expect(bodyOf({ dialect: "chat", facts: ASYNC, extra: { logit_bias: { "5": -1 } } })).toMatchObject({
    logit_bias: { "5": -1 },
    stream: true,
  });
});
