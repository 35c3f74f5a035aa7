import { createHash, createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hasBoto, runPython } from "./conformance/programs.ts";
import { startTestServer } from "./engine/remote/start-test-server.ts";
import { startTestSandbox } from "./start-test-sandbox.ts";
import { openTestAccount } from "./test-account.ts";

const ROLLING = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";
const CHAT = { model: "", messages: [{ role: "user", content: "Hi" }] };
const TOKENS = [
  { id: 1, text: "Hel", logProb: -0.5 },
  { id: 2, text: "lo", logProb: -0.5 },
];
const boto = await hasBoto();

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let account: ReturnType<typeof openTestAccount>;

beforeEach(async () => {
  sandbox = await startTestSandbox({ scale: 0 });
  account = openTestAccount(sandbox.url);
});
afterEach(() => sandbox.close());

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** A token by the documented recipe, written out here so that it shares nothing with the sandbox. */
function mint({
  secret = "sandbox",
  key = "sandbox",
  seconds = 3600,
  at = sandbox.settings.wall(),
} = {}): string {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${stamp.slice(0, 8)}/us-east-1/sagemaker/aws4_request`;
  const query = [
    "Action=CallWithBearerToken",
    "X-Amz-Algorithm=AWS4-HMAC-SHA256",
    `X-Amz-Credential=${encodeURIComponent(`${key}/${scope}`)}`,
    `X-Amz-Date=${stamp}`,
    `X-Amz-Expires=${seconds}`,
    "X-Amz-SignedHeaders=host",
  ].join("&");
  const empty = createHash("sha256").update("").digest("hex");
  const canonical = `POST\n/\n${query}\nhost:sagemaker.amazonaws.com\n\nhost\n${empty}`;
  const hashed = createHash("sha256").update(canonical).digest("hex");
  const signing = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const signature = hmac(signing, `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${hashed}`).toString("hex");
  const text = `sagemaker.amazonaws.com/?${query}&X-Amz-Signature=${signature}&Version=1`;
  return `sagemaker-api-key-${Buffer.from(text).toString("base64")}`;
}

function ask(body: unknown, { token = mint(), endpoint = "sagescope-demo", api = "chat/completions" } = {}) {
  return fetch(`${sandbox.url}/endpoints/${endpoint}/openai/v1/${api}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
}

function script(endpoint: string) {
  return sandbox.control("script", { endpoint, script: { tokens: TOKENS, finish: "eos" } });
}

describe("the OpenAI path", () => {
  test("answers whole, also a client that must name a model and has none", async () => {
    await script("sagescope-demo");
    const answer = await ask(CHAT);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(await answer.json()).toMatchObject({
      object: "chat.completion",
      choices: [{ message: { role: "assistant", content: "Hello" }, finish_reason: "stop" }],
    });
  });

  test("streams what the container streams: lines of vLLM async, events of the newest rolling batch", async () => {
    await script("sagescope-demo");
    const lines = await ask({ ...CHAT, stream: true });
    expect(lines.headers.get("content-type")).toBe("application/jsonlines");
    expect(await lines.text()).toMatch(/^\{"id":"chatcmpl-/);
    await account.makeEndpoint("rolling", {}, { OPTION_ROLLING_BATCH: "vllm" }, ROLLING);
    await script("rolling");
    const events = await ask({ ...CHAT, stream: true }, { endpoint: "rolling" });
    expect(events.headers.get("content-type")).toBe("text/event-stream");
    expect(await events.text()).toMatch(/^data: \{[\s\S]*\n\n/);
  });

  test("passes the container's refusal on as it is", async () => {
    const image = ROLLING.replace("0.36.0-lmi27.0.0-cu130", "0.33.0-lmi15.0.0-cu128");
    await account.makeEndpoint("v15", {}, { OPTION_ASYNC_MODE: "true" }, image);
    const answer = await ask({ ...CHAT, model: "other" }, { endpoint: "v15" });
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { error: expect.stringContaining("does not exist") },
    ]);
    // What newer ones make of it (lmi-wire 7.1) is not mended on the way.
    const newest = await ask({ ...CHAT, model: "other" });
    expect(newest.status).toBeGreaterThanOrEqual(400);
    expect(newest.headers.get("x-amzn-errortype")).toBeNull();
  });

  test("reaches a container of one's own by its own path, without the token", async () => {
    const server = await startTestServer(({ path }, response) => {
      response.setHeader("content-type", "text/event-stream");
      response.end(path === "/ping" ? "" : "data: own\n\n");
    });
    await account.makeEndpoint("own", {}, { LMI_SANDBOX_ENGINE: `lmi:${server.url}` });
    const answer = await ask(CHAT, { endpoint: "own" });
    expect(await answer.text()).toBe("data: own\n\n");
    const asked = server.received.at(-1);
    expect(asked).toMatchObject({ path: "/v1/chat/completions" });
    expect(asked?.headers.authorization).toBeUndefined();
    await server.close();
  });

  test("has one route, and endpoints as the SDK's path has them", async () => {
    expect((await ask({ prompt: "x" }, { api: "completions" })).status).toBe(404);
    const nowhere = await ask(CHAT, { endpoint: "none" });
    expect([nowhere.status, await nowhere.json()]).toMatchObject([400, { ErrorCode: "NO_SUCH_ENDPOINT" }]);
    const component = await ask(CHAT, { endpoint: "sagescope-demo/inference-components/ic" });
    expect(await component.json()).toMatchObject({
      Message: expect.stringContaining("not allowed for endpoints"),
    });
  });
});

describe("a fault of an answer on the OpenAI path", () => {
  const STREAMED = { ...CHAT, stream: true };

  async function askWith(fault: string, body: object, words = 9) {
    const tokens = Array.from({ length: words }, (_, id) => ({ id, text: ` w${id}`, logProb: -0.5 }));
    await sandbox.control("faults", { fault, endpoint: "sagescope-demo", times: 1 });
    await sandbox.control("script", { endpoint: "sagescope-demo", script: { tokens, finish: "eos" } });
    return ask(body);
  }

  /** What came of a stream, and whether the connection broke after it. */
  async function readStream(answer: Response) {
    let text = "";
    try {
      const decoder = new TextDecoder();
      for await (const chunk of answer.body ?? []) text += decoder.decode(chunk, { stream: true });
      return { text, broke: false };
    } catch {
      return { text, broke: true };
    }
  }

  test.each(["stream-broken", "stream-failure", "cut-midframe"])(
    "%s breaks the connection off",
    async (fault) => {
      const { text, broke } = await readStream(await askWith(fault, STREAMED));
      expect(broke).toBe(true);
      // The first of the five writes before it says who speaks; the words come after that.
      expect(text).toContain(" w3");
      expect(text).not.toContain("[DONE]");
      expect(text.endsWith("\n")).toBe(fault !== "cut-midframe");
    },
  );

  test("shows at the end of an answer that is shorter", async () => {
    const { text, broke } = await readStream(await askWith("stream-broken", STREAMED, 1));
    expect([text.includes(" w0"), broke]).toEqual([true, true]);
  });

  test("has no checksum to spoil: the answer is sound, and the log says why", async () => {
    const { text, broke } = await readStream(await askWith("wrong-crc", STREAMED));
    expect([text.includes(" w8"), broke]).toEqual([true, false]);
    expect(sandbox.lines.join("\n")).toContain("wrong-crc: plain HTTP has no checksum");
  });

  test("leaves nothing of an answer that is sent whole", async () => {
    const answer = await askWith("cut-midframe", CHAT);
    expect([answer.status, await answer.json()]).toMatchObject([424, { OriginalStatusCode: 500 }]);
    expect((await ask(CHAT)).status).not.toBe(424);
  });

  test("out-of-time breaks the connection off, and a whole answer is refused", async () => {
    const { text, broke } = await readStream(await askWith("out-of-time", STREAMED));
    expect([text.includes(" w3"), broke]).toEqual([true, true]);
    const whole = await askWith("out-of-time", CHAT);
    expect(await whole.text()).toContain("timed out");
  });
});

describe("a bearer token", () => {
  test.each([
    ["none", () => "", 401, "missing_api_key"],
    ["one of another service", () => "sk-123", 403, "invalid_api_key"],
    ["one signed with another secret", () => mint({ secret: "other" }), 403, "invalid_api_key"],
    [
      "one that has expired",
      () => mint({ seconds: 60, at: sandbox.settings.wall() - 61_000 }),
      403,
      "invalid_api_key",
    ],
    ["one for longer than twelve hours", () => mint({ seconds: 43_201 }), 403, "invalid_api_key"],
    ["one from the future", () => mint({ at: sandbox.settings.wall() + 600_000 }), 403, "invalid_api_key"],
  ])("%s does not pass", async (_name, make, status, code) => {
    const answer = await ask(CHAT, { token: make() });
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { code } }]);
  });

  test("of a key whose secret is not known is trusted", async () => {
    await script("sagescope-demo");
    expect((await ask(CHAT, { token: mint({ key: "AKIDEXAMPLE", secret: "x" }) })).status).toBe(200);
  });

  test.skipIf(!boto)(`as botocore makes it passes${boto ? "" : " (no boto3)"}`, async () => {
    sandbox.wait(Date.now() - sandbox.settings.wall());
    await script("sagescope-demo");
    const token = await runPython<string>("mint-token.py", ["sandbox", "sandbox", "us-east-1", "43200"]);
    expect((await ask(CHAT, { token })).status).toBe(200);
  });
});
