import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { packCapsule } from "#lib/handover/capsule.ts";
import { historyPageSchema } from "#lib/history/history-entry.ts";
import { storedAnswerSchema } from "#lib/history/stored-answer.ts";
import { GET as readEvents } from "./[id]/events/route.ts";
import { GET as readRun } from "./[id]/route.ts";
import { POST as keep, GET as list } from "./route.ts";

const ORIGIN = "http://127.0.0.1:3000";
const RECORDED = [
  '{"token": {"id": 1, "text": "Old", "log_prob": -0.5}}',
  '{"token": {"id": 2, "text": " lines", "log_prob": -1.5}, "generated_text": "Old lines", "details": {"finish_reason": "eos_token"}}',
].join("\n");

// Making a database takes its time, which is not the first test's.
beforeAll(async () => expect((await database()).ok).toBe(true));

function call(path: string, init: RequestInit = {}): Request {
  return new Request(`${ORIGIN}${path}`, { ...init, headers: { host: "127.0.0.1:3000", ...init.headers } });
}

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return keep(call("/api/runs", { method: "POST", body, headers }));
}

async function imported() {
  return historyPageSchema.parse(await (await list(call("/api/runs?tag=imported"))).json()).runs;
}

test("a recording comes into the history as a run of its own, each time it is opened", async () => {
  const answers = [await post(RECORDED), await post(RECORDED)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const [first, second] = await Promise.all(answers.map(async (answer) => (await answer.json()).id));
  expect(first).not.toBe(second);
  const kept = await imported();
  expect(kept).toHaveLength(2);
  expect(kept[0]).toMatchObject({ answer: "Old lines", tokens: 2, status: "finished", tags: ["imported"] });
  // exp of the mean of -0.5 and -1.5.
  expect(kept[0]?.confidence).toBeCloseTo(Math.exp(-1), 12);
  const events = await readEvents(call(`/api/runs/${first}/events`), {
    params: Promise.resolve({ id: first }),
  });
  expect(JSON.parse((await events.text()).split("\n")[0] ?? "")).toMatchObject({
    type: "run-start",
    runId: first,
  });
});

test("a capsule is read back as a page reads it, with the container it names", async () => {
  const request = { endpointName: "heron", prompt: "Why?", parameters: {} };
  const container = "LMI v27 (0.36.0), vLLM async";
  const capsule = packCapsule({
    endpointName: "heron",
    container,
    region: null,
    startedAt: 1_000,
    request,
    events: [],
  });
  const { id } = await (await post(JSON.stringify(capsule))).json();
  const answer = await readRun(call(`/api/runs/${id}`), { params: Promise.resolve({ id }) });
  expect(storedAnswerSchema.parse(await answer.json())).toMatchObject({
    run: { endpointName: "heron", createdAt: 1_000 },
    request: { prompt: "Why?" },
    container: { label: container, image: null },
  });
});

test("what holds no run, and what another site sends, is refused and leaves nothing behind", async () => {
  const before = (await imported()).length;
  const junk = await post("no run at all");
  expect(junk.status).toBe(400);
  expect((await junk.json()).failure.message).toBe("This file holds no run.");
  expect((await post(RECORDED, { origin: "https://evil.example" })).status).toBe(403);
  expect(await imported()).toHaveLength(before);
});
