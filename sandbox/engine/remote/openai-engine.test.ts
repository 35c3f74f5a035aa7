import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { GenerationEvent, GenerationRequest } from "../generation.ts";
import { openaiEngine } from "./openai-engine.ts";
import { type Received, sendEvents, startTestServer } from "./start-test-server.ts";

const REQUEST: GenerationRequest = {
  prompt: "Sleep is",
  maxTokens: 3,
  refuseOverlong: true,
  temperature: 0.5,
  topK: 0,
  topP: 1,
  minP: 0,
  repetitionPenalty: 1.1,
  presencePenalty: 0,
  frequencyPenalty: 0,
  seed: 4,
  ignoreEos: false,
  stopTokenIds: [],
  alternatives: 2,
  promptLogProbs: false,
};
const STAY = new AbortController().signal;

/** Chunks as vLLM 0.10.2 and later write them, with `return_token_ids`. */
const VLLM = {
  models: { object: "list", data: [{ id: "served", owned_by: "vllm", max_model_len: 8192 }] },
  completions: [
    vllmChunk(" caf", [" caf"], [11], [-0.25], [{ " caf": -0.25, " tea": -1.5 }], {
      prompt_token_ids: [7, 8],
    }),
    // Half a character: no text until the rest comes.
    vllmChunk("", ["\ufffd"], [12], [-0.5], [{ "\ufffd": -0.5, e: -1 }], {}),
    vllmChunk("é", ["\ufffd"], [13], [-0.01], [{ "\ufffd": -0.01 }], { finish_reason: "length" }),
    { choices: [], usage: { prompt_tokens: 2, completion_tokens: 3 } },
  ],
};

function vllmChunk(
  text: string,
  tokens: string[],
  ids: number[],
  logProbs: number[],
  top: Record<string, number>[],
  more: object,
) {
  const logprobs = { tokens, token_logprobs: logProbs, top_logprobs: top, text_offset: [0] };
  const choice = {
    index: 0,
    text,
    logprobs,
    finish_reason: null,
    stop_reason: null,
    token_ids: ids,
    prompt_token_ids: null,
    ...more,
  };
  return { id: "cmpl-1", choices: [choice], usage: { prompt_tokens: 2, total_tokens: 3 } };
}

/** Chunks as llama.cpp's server writes them: the reason comes after the last token. */
const LLAMA = {
  models: { data: [{ id: "model.gguf", owned_by: "llamacpp", meta: { n_ctx_train: 1536 } }] },
  completions: [
    llamaChunk(" good", [{ id: 5, token: " good", bytes: [32, 103], logprob: -0.5, top_logprobs: [] }]),
    llamaChunk("", [{ id: 0, token: "<end>", bytes: [], logprob: -0.125, top_logprobs: [] }]),
    { choices: [{ text: "", index: 0, logprobs: null, finish_reason: "stop" }], usage: { prompt_tokens: 4 } },
  ],
};

function llamaChunk(text: string, content: object[]) {
  const choice = { text, index: 0, logprobs: { content }, finish_reason: null };
  return { choices: [choice], timings: { prompt_n: 3, cache_n: 1 } };
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Behaviour = (received: Received, response: ServerResponse) => void | Promise<void>;

async function serve(models: unknown, answer: Behaviour) {
  const server = await startTestServer(async (received, response) => {
    if (received.path === "/v1/models") response.end(JSON.stringify(models));
    else await answer(received, response);
  });
  closers.push(server.close);
  const engine = openaiEngine(`${server.url}/v1`, undefined, { places: 2, waiting: 1, probeMs: 1000 });
  return { server, engine };
}

async function collect(events: AsyncIterable<GenerationEvent>): Promise<GenerationEvent[]> {
  const found: GenerationEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe("tokens of a remote server", () => {
  test("vLLM's keep their ids, log probs, alternatives and incomplete characters", async () => {
    const { server, engine } = await serve(VLLM.models, (_, response) =>
      sendEvents(response, VLLM.completions),
    );
    const events = await collect(engine.generate(REQUEST, STAY));
    expect(events[0]).toMatchObject({ type: "prompt", count: 2, ids: [7, 8] });
    const tokens = events.flatMap((event) => (event.type === "token" ? [event] : []));
    expect(tokens.map(({ token }) => [token.id, token.logProb])).toEqual([
      [11, -0.25],
      [12, -0.5],
      [13, -0.01],
    ]);
    expect(tokens.map((event) => event.delta)).toEqual([" caf", "", "é"]);
    expect(tokens[0]?.top.map(({ text, logProb }) => [text, logProb])).toEqual([
      [" caf", -0.25],
      [" tea", -1.5],
    ]);
    expect(tokens.map((event) => event.finish)).toEqual([null, null, { reason: "length", stop: null }]);
    expect(engine.status()).toMatchObject({ state: "ready", model: "served", contextSize: 8192 });
    const asked = JSON.parse(server.received.at(-1)?.body.toString() ?? "");
    expect(asked).toMatchObject({
      model: "served",
      prompt: "Sleep is",
      max_tokens: 3,
      temperature: 0.5,
      top_k: -1,
      repetition_penalty: 1.1,
      seed: 4,
      logprobs: 2,
      stream: true,
    });
  });

  test("llama.cpp's last one carries the reason that came after it", async () => {
    const { engine } = await serve(LLAMA.models, (_, response) => sendEvents(response, LLAMA.completions));
    const events = await collect(engine.generate({ ...REQUEST, alternatives: 0 }, STAY));
    expect(events[0]).toMatchObject({ count: 4, ids: null });
    expect(events.slice(1)).toMatchObject([
      { token: { id: 5, logProb: -0.5 }, delta: " good", finish: null, special: false },
      { token: { id: 0 }, delta: "", finish: { reason: "eos" }, special: true },
    ]);
  });

  test("a conversation goes to the server's own chat template", async () => {
    const delta = (content: string, id: number, finish: string | null) => ({
      choices: [
        {
          delta: { content },
          logprobs: { content: [{ token: content, logprob: -1, bytes: [...Buffer.from(content)] }] },
          token_ids: [id],
          finish_reason: finish,
        },
      ],
    });
    const { server, engine } = await serve(VLLM.models, (received, response) =>
      sendEvents(
        response,
        received.path === "/v1/chat/completions"
          ? [delta("Hel", 1, null), delta("lo", 2, "stop")]
          : VLLM.completions,
      ),
    );
    const messages = [{ role: "user", content: "Hi" }];
    const events = await collect(engine.generate({ ...REQUEST, messages, maxTokens: null }, STAY));
    expect(events.flatMap((event) => (event.type === "token" ? [event.delta] : []))).toEqual(["Hel", "lo"]);
    const asked = JSON.parse(server.received.at(-1)?.body.toString() ?? "");
    expect(asked.messages).toEqual(messages);
    expect(asked).not.toHaveProperty("max_tokens");
  });

  test("without ids are told as LMI tells a missing id, not made up", async () => {
    const chunk = {
      choices: [
        {
          text: "a",
          logprobs: { tokens: ["a"], token_logprobs: [-1], top_logprobs: null },
          finish_reason: "stop",
        },
      ],
    };
    const { engine } = await serve(VLLM.models, (_, response) => sendEvents(response, [chunk]));
    const events = await collect(engine.generate(REQUEST, STAY));
    expect(events).toMatchObject([{ count: null }, { token: { id: -1 }, finish: { reason: "eos" } }]);
  });

  test("end at a stop token also where the server knows none", async () => {
    const { engine } = await serve(VLLM.models, (_, response) => sendEvents(response, VLLM.completions));
    const events = await collect(engine.generate({ ...REQUEST, stopTokenIds: [12] }, STAY));
    expect(events.at(-1)).toMatchObject({ token: { id: 12 }, finish: { reason: "stop", stop: 12 } });
  });
});

describe("a server that cannot answer", () => {
  async function reasonOf(models: unknown, answer: Behaviour): Promise<string> {
    const { engine } = await serve(models, answer);
    await engine.probe();
    const status = engine.status();
    return status.state === "unavailable" ? status.reason : status.state;
  }

  test("is told apart by what is wrong with it", async () => {
    const fine: Behaviour = (_, response) => sendEvents(response, VLLM.completions);
    expect(await reasonOf({ hello: "world" }, fine)).toContain("no OpenAI-compatible server");
    expect(await reasonOf(VLLM.models, (_, response) => void response.writeHead(404).end("no"))).toContain(
      "POST /completions answered 404",
    );
    const silent = { choices: [{ text: "a", logprobs: null, finish_reason: "stop" }] };
    expect(await reasonOf(VLLM.models, (_, response) => sendEvents(response, [silent]))).toContain(
      "no log probabilities",
    );
    expect(await reasonOf(VLLM.models, () => undefined)).toContain("did not answer in time");
    expect(await reasonOf(VLLM.models, fine)).toBe("ready");
  });

  test("because nobody listens, or another model is served", async () => {
    const { server } = await serve(VLLM.models, () => undefined);
    const other = openaiEngine(`${server.url}/v1`, "other", { places: 1, waiting: 1, probeMs: 1000 });
    await other.probe();
    expect(other.status()).toMatchObject({ reason: expect.stringContaining("serves served and not other") });
    await server.close();
    closers.pop();
    await other.probe();
    expect(other.status()).toMatchObject({ reason: expect.stringContaining("connection refused") });
    const [event] = await collect(other.generate(REQUEST, STAY));
    expect(event).toMatchObject({ type: "failed", reason: "unavailable" });
  });

  test("passes its own words on, and a connection that breaks ends the answer with a failure", async () => {
    let breaks = false;
    const { engine } = await serve(VLLM.models, async (received, response) => {
      if (JSON.parse(received.body.toString()).prompt === "Hello") {
        return sendEvents(response, VLLM.completions);
      }
      if (!breaks) {
        response.writeHead(400).end(JSON.stringify({ error: { message: "too long", code: 400 } }));
        return;
      }
      response.writeHead(200).write(`data: ${JSON.stringify(VLLM.completions[0])}\n\n`);
      setTimeout(() => response.destroy(), 30);
    });
    expect(await collect(engine.generate(REQUEST, STAY))).toEqual([
      { type: "failed", message: "too long", reason: "engine" },
    ]);
    breaks = true;
    const events = await collect(engine.generate(REQUEST, STAY));
    expect(events.map((event) => event.type)).toEqual(["prompt", "token", "failed"]);
    expect(engine.load()).toEqual({ running: 0, waiting: 0 });
  });
});

describe("places", () => {
  test("are bounded, first come first served, and free within 200 ms of a client's leaving", async () => {
    const { server, engine } = await serve(VLLM.models, async (received, response) => {
      if (JSON.parse(received.body.toString()).prompt === "Hello") {
        return sendEvents(response, VLLM.completions);
      }
      response.writeHead(200).write(`data: ${JSON.stringify(VLLM.completions[0])}\n\n`);
    });
    await engine.probe();
    const leaving = new AbortController();
    const first = engine.generate(REQUEST, leaving.signal)[Symbol.asyncIterator]();
    const second = engine.generate(REQUEST, leaving.signal)[Symbol.asyncIterator]();
    await Promise.all([first.next(), second.next()]);
    const third = engine.generate(REQUEST, STAY)[Symbol.asyncIterator]();
    const waits = third.next();
    expect(await collect(engine.generate(REQUEST, STAY))).toMatchObject([{ reason: "busy" }]);
    expect(engine.load()).toEqual({ running: 2, waiting: 1 });
    // Nobody reads on: leaving alone must end the server's work.
    const left = performance.now();
    leaving.abort();
    const cuts = () => server.cutAt.filter((at) => at >= left);
    await expect.poll(() => cuts().length, { interval: 5 }).toBe(2);
    expect(Math.max(...cuts()) - left).toBeLessThan(200);
    expect(await waits).toMatchObject({ value: { type: "prompt" } });
    await third.return?.(undefined);
    expect(engine.load()).toEqual({ running: 0, waiting: 0 });
  });
});
