import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectTo } from "#lib/aws/connect-to.ts";
import { createEndpoint } from "#lib/aws/create-endpoint.ts";
import type { Peer } from "#lib/aws/spawn-peer.ts";
import { spawnSandbox } from "#lib/aws/spawn-sandbox.ts";
import { database } from "#lib/db/database.ts";
import { createEventDecoder } from "#lib/run/event-lines.ts";
import type { RunEvent } from "#lib/run/run-event.ts";
import { POST } from "./route.ts";

let peer: Peer;
beforeAll(async () => {
  peer = await spawnSandbox();
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  // Opened by the server before its first run, too.
  expect((await database()).ok).toBe(true);
  for (const [endpointName, fault] of [
    ["plain", "none"],
    ["stall", "stall"],
    ["broken", "stream-broken"],
  ] as const) {
    const result = await createEndpoint({
      endpointName,
      image: "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130",
      environment: { LMI_SANDBOX_FAULT: fault },
      instanceType: "ml.g5.xlarge",
      instanceCount: 1,
      executionRoleArn: "arn:aws:iam::000000000000:role/execution",
      tags: [],
    });
    expect(result.ok).toBe(true);
  }
});
afterAll(() => peer?.stop());

function post(body: unknown, init: RequestInit = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { host: "127.0.0.1:3000", ...init.headers };
  return POST(
    new Request("http://127.0.0.1:3000/api/invoke", { ...init, method: "POST", body: text, headers }),
  );
}

async function eventsOf(response: Response): Promise<RunEvent[]> {
  const decoder = createEventDecoder();
  const decoded = [...decoder.push(new Uint8Array(await response.arrayBuffer())), ...decoder.end()];
  return decoded.map((event) => (event.ok ? event.value : expect.fail(event.failure.message)));
}

async function script(endpoint: string, words: string[], finish = "length", times = 1) {
  const tokens = words.map((text, id) => ({ id, text, logProb: -0.25 }));
  const body = JSON.stringify({ endpoint, times, script: { tokens, finish } });
  expect((await fetch(`${peer.url}/_sandbox/script`, { method: "POST", body })).ok).toBe(true);
}

async function live(): Promise<number> {
  const state: { liveInvocations: number } = await (await fetch(`${peer.url}/_sandbox/state`)).json();
  return state.liveInvocations;
}

describe("another way to ask", () => {
  it("brings the whole answer at once, with its tokens", async () => {
    await script("plain", ["a", "b"]);
    const events = await eventsOf(await post({ endpointName: "plain", prompt: "p", stream: false }));
    expect(events.map((event) => event.type)).toEqual(["run-start", "token", "token", "run-end"]);
    expect(events[0]).toMatchObject({ requestBody: expect.stringContaining('"stream":false') });
    expect(events[1]).toMatchObject({ text: "a", logProb: -0.25 });
    expect(events.at(-1)).toMatchObject({ generatedText: "ab" });
  });

  it("is written as its caller says, with fields of their own", async () => {
    await script("plain", ["a"]);
    const extraParameters = { min_tokens: 1 };
    const asked = { endpointName: "plain", prompt: "Hi", dialect: "chat", extraParameters };
    const [start, token] = await eventsOf(await post(asked));
    expect(start).toMatchObject({ dialect: "chat" });
    expect(JSON.parse(start?.type === "run-start" ? start.requestBody : "")).toMatchObject({
      messages: [{ role: "user", content: "Hi" }],
      min_tokens: 1,
    });
    expect(token).toMatchObject({ text: "a" });
  });

  it("says which parameters the container does not know, and why", async () => {
    await script("plain", ["a"]);
    const parameters = { typicalP: 0.5, maxNewTokens: 1 };
    const [start] = await eventsOf(await post({ endpointName: "plain", prompt: "p", parameters }));
    expect(start).toMatchObject({
      leftOut: [{ name: "typicalP", reason: "The LMI schema of vLLM async does not know it." }],
    });
  });

  it.each([
    [{ prompt: "p", extraParameters: { stream: true } }, "extraParameters.stream"],
    [{ prompt: "p", parameters: { topP: 2 } }, "parameters.topP"],
    [{ prompt: "p", dialect: "xml" }, "dialect"],
  ])("%j is refused by its field", async (asked, field) => {
    const response = await post({ endpointName: "plain", ...asked });
    expect(response.status).toBe(400);
    expect((await eventsOf(response))[0]).toMatchObject({ type: "run-error", failure: { field } });
  });
});

describe("a run", () => {
  it("comes as lines that no cache or proxy may hold back", async () => {
    await script("plain", ["a", "b", "c"]);
    const response = await post({ endpointName: "plain", prompt: "p", parameters: { maxNewTokens: 3 } });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/x-ndjson/);
    expect(response.headers.get("cache-control")).toContain("no-transform");
    const events = await eventsOf(response);
    expect(events.map((event) => event.type)).toEqual(["run-start", "token", "token", "token", "run-end"]);
    expect(events.at(-1)).toMatchObject({
      finishReason: { kind: "length" },
      generatedText: "abc",
      tokens: 3,
    });
  });

  it("goes on by itself until the model ends", async () => {
    await script("plain", ["a", "b"]);
    await script("plain", ["c"], "eos");
    const events = await eventsOf(
      await post({
        endpointName: "plain",
        prompt: "p",
        parameters: { maxNewTokens: 2 },
        autoContinue: { maxRequests: 5, maxTokens: 100 },
      }),
    );
    expect(events.filter((event) => event.type === "part-end")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "run-end", generatedText: "abc", requests: 2 });
  });

  it("keeps what came and says what broke it", async () => {
    await script("broken", ["a", "b", "c", "d", "e", "f"]);
    const events = await eventsOf(await post({ endpointName: "broken", prompt: "p" }));
    expect(events.some((event) => event.type === "token")).toBe(true);
    expect(events.at(-1)).toMatchObject({
      type: "run-error",
      failure: { code: "model-error", message: "The container broke the stream off." },
    });
  });

  it.each(["cancelled", "aborted"])(
    "closes the request to the endpoint when the caller has %s",
    async (way) => {
      await script("stall", ["a", "b", "c", "d", "e", "f"]);
      const leaving = new AbortController();
      const response = await post({ endpointName: "stall", prompt: "p" }, { signal: leaving.signal });
      const reader = response.body?.getReader();
      await reader?.read();
      await expect.poll(live).toBe(1);
      if (way === "cancelled") await reader?.cancel();
      else leaving.abort();
      await expect.poll(live, { timeout: 1_000, interval: 20 }).toBe(0);
    },
  );
});

describe("what is refused before anything is sent", () => {
  const base = { endpointName: "plain", prompt: "p" };

  it.each([
    ["not JSON", "{", undefined],
    ["no object", "[]", undefined],
    ["no endpoint", { prompt: "p" }, "endpointName"],
    ["an empty prompt", { ...base, prompt: "" }, "prompt"],
    ["a blank prompt", { ...base, prompt: " \n" }, "prompt"],
    ["neither prompt nor messages", { endpointName: "plain" }, "prompt"],
    ["both", { ...base, messages: [{ role: "user", content: "x" }] }, "messages"],
    ["no messages", { endpointName: "plain", messages: [] }, "messages"],
    [
      "an unknown role",
      { endpointName: "plain", messages: [{ role: "tool", content: "x" }] },
      "messages.0.role",
    ],
    ["too many tokens", { ...base, parameters: { maxNewTokens: 1e9 } }, "parameters.maxNewTokens"],
    ["half a token", { ...base, parameters: { maxNewTokens: 1.5 } }, "parameters.maxNewTokens"],
    ["too hot", { ...base, parameters: { temperature: 3 } }, "parameters.temperature"],
    ["top-p of nothing", { ...base, parameters: { topP: 0 } }, "parameters.topP"],
    [
      "an empty stop sequence",
      { ...base, parameters: { stopSequences: ["a", ""] } },
      "parameters.stopSequences.1",
    ],
    ["an unknown field", { ...base, streaming: true }, undefined],
    ["no requests", { ...base, autoContinue: { maxRequests: 0, maxTokens: 1 } }, "autoContinue.maxRequests"],
  ])("%s", async (_name, body, field) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    const events = await eventsOf(response);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "run-error",
      failure: { code: "invalid", ...(field ? { field } : {}) },
    });
    const failure = events[0]?.type === "run-error" ? events[0].failure : expect.fail();
    expect(failure.message).toMatch(/^.{10,}\.$/);
    expect(failure.message).not.toMatch(/Invalid input|Too (small|big)|expected/);
  });

  it("an endpoint that does not exist", async () => {
    const response = await post({ endpointName: "nobody", prompt: "p" });
    expect(response.status).toBe(404);
    expect(await eventsOf(response)).toMatchObject([{ type: "run-error", failure: { code: "not-found" } }]);
  });

  it("more than a mebibyte, whether it is announced or not", async () => {
    const long = { ...base, prompt: "x".repeat(1_100_000) };
    const announced = await post(long, { headers: { "content-length": "1100100" } });
    expect(announced.status).toBe(413);
    const response = await post(long);
    expect(response.status).toBe(413);
    expect(await eventsOf(response)).toMatchObject([{ type: "run-error", failure: { code: "invalid" } }]);
  });

  it("a page of another site", async () => {
    const response = await post(base, { headers: { "sec-fetch-site": "cross-site" } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ failure: { code: "not-allowed" } });
  });
});
