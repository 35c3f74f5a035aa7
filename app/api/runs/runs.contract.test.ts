import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as invoke } from "#app/api/invoke/route.ts";
import { connectTo } from "#lib/aws/connect-to.ts";
import type { Peer } from "#lib/aws/spawn-peer.ts";
import { spawnSandbox } from "#lib/aws/spawn-sandbox.ts";
import { familySchema } from "#lib/conversation/family.ts";
import { database } from "#lib/db/database.ts";
import { historyPageSchema } from "#lib/history/history-entry.ts";
import { GET as readEvents } from "./[id]/events/route.ts";
import { GET as readFamily } from "./[id]/family/route.ts";
import { GET as readRun } from "./[id]/route.ts";
import { POST as stop } from "./[id]/stop/route.ts";
import { GET as list } from "./route.ts";

let peer: Peer;
beforeAll(async () => {
  peer = await spawnSandbox();
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  expect((await database()).ok).toBe(true);
});
afterAll(() => peer?.stop());

const ORIGIN = "http://127.0.0.1:3000";
const DEMO = "sagescope-demo";

function call(path: string, init: RequestInit = {}): Request {
  return new Request(`${ORIGIN}${path}`, { ...init, headers: { host: "127.0.0.1:3000", ...init.headers } });
}

function at(id: string) {
  return { params: Promise.resolve({ id }) };
}

async function script(words: string[], delayMs = 0) {
  const tokens = words.map((text, id) => ({ id, text, logProb: -0.25 }));
  const body = JSON.stringify({ endpoint: DEMO, times: 1, script: { tokens, finish: "eos", delayMs } });
  expect((await fetch(`${peer.url}/_sandbox/script`, { method: "POST", body })).ok).toBe(true);
}

function ask(prompt: string, more: object = {}, signal?: AbortSignal) {
  const body = JSON.stringify({ endpointName: DEMO, prompt, ...more });
  return invoke(call("/api/invoke", { method: "POST", body, ...(signal ? { signal } : {}) }));
}

function typesIn(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).type);
}

async function history(query = "") {
  return historyPageSchema.parse(await (await list(call(`/api/runs${query}`))).json());
}

async function live(): Promise<number> {
  return (await (await fetch(`${peer.url}/_sandbox/state`)).json()).liveInvocations;
}

/** Reads a body until this many lines came, and leaves the rest. */
async function readSome(response: Response, lines: number) {
  const reader = response.body?.getReader();
  let text = "";
  while (text.split("\n").length <= lines) text += new TextDecoder().decode((await reader?.read())?.value);
  return { reader, runId: JSON.parse(text.split("\n")[0] ?? "").runId as string };
}

describe("a run that is over", () => {
  it("is in the history with what was asked, of whom, and what came of it", async () => {
    await script(["Deep", " sleep"]);
    const text = await (await ask("What helps?", { parameters: { maxNewTokens: 9 } })).text();
    const id = JSON.parse(text.split("\n")[0] ?? "").runId;
    const [entry] = (await history("?search=deep+helps")).runs;
    expect(entry).toMatchObject({
      id,
      endpointName: DEMO,
      prompt: "What helps?",
      answer: "Deep sleep",
      status: "finished",
      finishReason: { kind: "end-of-text" },
      region: "us-east-1",
      account: "000000000000",
      container: expect.stringContaining("vLLM async"),
    });
    expect(entry?.confidence).toBeCloseTo(Math.exp(-0.25), 9);
    const detail = await (await readRun(call(`/api/runs/${id}`), at(id))).json();
    expect(detail).toMatchObject({
      request: { prompt: "What helps?", parameters: { maxNewTokens: 9 } },
      container: { image: expect.stringContaining("djl-inference"), release: 36, mode: "async" },
    });
    expect(await (await readEvents(call(`/api/runs/${id}/events`), at(id))).text()).toBe(text);
  });

  it("is not there for a page of another site, nor under a name nobody has", async () => {
    const elsewhere = { headers: { "sec-fetch-site": "cross-site" } };
    expect((await list(call("/api/runs", elsewhere))).status).toBe(403);
    expect((await readRun(call("/api/runs/x"), at("x"))).status).toBe(404);
    expect((await readEvents(call("/api/runs/x/events"), at("x"))).status).toBe(404);
    expect((await list(call("/api/runs?before=nonsense"))).status).toBe(400);
  });
});

describe("a run that is kept while its page is away", () => {
  it("can be followed again from its first line to its last", async () => {
    const words = Array.from({ length: 30 }, (_, index) => ` w${index}`);
    await script(words, 30);
    const leaving = new AbortController();
    const first = await ask("long", { keepRunning: true }, leaving.signal);
    const { reader, runId } = await readSome(first, 3);
    await reader?.cancel();
    leaving.abort();
    const text = await (await readEvents(call(`/api/runs/${runId}/events`), at(runId))).text();
    expect(typesIn(text)).toEqual(["run-start", ...words.map(() => "token"), "run-end"]);
    expect((await history("?search=long")).runs[0]).toMatchObject({
      id: runId,
      status: "finished",
      tokens: 30,
    });
  });

  it("ends at once when somebody says so, and keeps what came", async () => {
    await script(["a", "b", "c", "d"], 1_000);
    const { runId } = await readSome(await ask("stop me", { keepRunning: true }), 2);
    await expect.poll(live).toBe(1);
    expect((await stop(call(`/api/runs/${runId}/stop`, { method: "POST" }), at(runId))).status).toBe(204);
    await expect.poll(live, { timeout: 1_000 }).toBe(0);
    expect((await history("?search=stop+me")).runs[0]).toMatchObject({ status: "stopped", answer: "a" });
  });
});

it("a chat and what was asked on in it are one family", async () => {
  const messages = [{ role: "user" as const, content: "Why walk?" }];
  await script(["Health", "."]);
  const first = await (await ask("", { prompt: undefined, messages })).text();
  const id = JSON.parse(first.split("\n")[0] ?? "").runId;
  await script(["Sleep", "."]);
  const next = [
    ...messages,
    { role: "assistant", content: "Health." },
    { role: "user", content: "What else?" },
  ];
  const origin = { kind: "reply", parentId: id };
  const second = await (await ask("", { prompt: undefined, messages: next, origin })).text();
  expect(JSON.parse(second.split("\n")[0] ?? "")).toMatchObject({ dialect: "chat" });
  const read = await readFamily(call(`/api/runs/${id}/family`), at(id));
  const { runs } = familySchema.parse(await read.json());
  expect(runs.map(({ question, answer }) => [question, answer])).toEqual([
    ["Why walk?", "Health."],
    ["What else?", "Sleep."],
  ]);
  expect(runs[1]?.origin).toEqual(origin);
  expect((await readFamily(call("/x", { headers: { "sec-fetch-site": "cross-site" } }), at(id))).status).toBe(
    403,
  );
});

it("a run that nobody asked to keep ends with its caller", async () => {
  await script(["a", "b", "c", "d"], 1_000);
  const { reader } = await readSome(await ask("leave me"), 2);
  await expect.poll(live).toBe(1);
  await reader?.cancel();
  await expect.poll(live, { timeout: 1_000 }).toBe(0);
});
