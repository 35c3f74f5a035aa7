import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as readOutlook } from "#app/api/endpoints/[name]/outlook/route.ts";
import { GET as listRuns } from "#app/api/runs/route.ts";
import { connectTo } from "#lib/aws/connect-to.ts";
import type { Peer } from "#lib/aws/spawn-peer.ts";
import { spawnSandbox } from "#lib/aws/spawn-sandbox.ts";
import { database } from "#lib/db/database.ts";
import { insertExperiment } from "#lib/db/experiments.ts";
import { startRun } from "#lib/db/record-run.ts";
import { classificationSchema } from "#lib/experiment/classification.ts";
import { experimentSpecSchema } from "#lib/experiment/experiment-spec.ts";
import {
  type ExperimentView,
  experimentListSchema,
  experimentViewSchema,
} from "#lib/experiment/experiment-view.ts";
import { outlookSchema } from "#lib/experiment/pace.ts";
import { historyPageSchema } from "#lib/history/history-entry.ts";
import { GET as classification } from "./[id]/classification/route.ts";
import { POST as resume } from "./[id]/resume/route.ts";
import { GET as read, DELETE as remove } from "./[id]/route.ts";
import { POST as stop } from "./[id]/stop/route.ts";
import { GET as list, POST as start } from "./route.ts";

let peer: Peer;
beforeAll(async () => {
  peer = await spawnSandbox();
  connectTo(process.env, peer.url, { key: "sandbox", secret: "sandbox" });
  expect((await database()).ok).toBe(true);
});
afterAll(() => peer?.stop());

const DEMO = "sagescope-demo";
const REQUEST = { endpointName: DEMO, prompt: "Name a colour.", parameters: { temperature: 1 } };

function call(path: string, init: RequestInit = {}): Request {
  const headers = { host: "127.0.0.1:3000", ...init.headers };
  return new Request(`http://127.0.0.1:3000${path}`, { ...init, headers });
}

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return call("/api/experiments", { method: "POST", body: JSON.stringify(body), headers });
}

function at(id: string) {
  return { params: Promise.resolve({ id }) };
}

/** What the next prompts are answered with, one script each. */
async function script(scripts: { words: string[]; delayMs?: number; times?: number; failure?: string }[]) {
  await control({ endpoint: DEMO, times: 0 });
  for (const { words, delayMs = 0, times = 1, failure } of scripts) {
    const tokens = words.map((text, id) => ({ id, text, logProb: -0.25 * (id + 1) }));
    const more = failure === undefined ? {} : { failure };
    await control({ endpoint: DEMO, times, script: { tokens, finish: "eos", delayMs, ...more } });
  }
}

async function control(order: unknown) {
  const response = await fetch(`${peer.url}/_sandbox/script`, {
    method: "POST",
    body: JSON.stringify(order),
  });
  expect(response.ok, await response.text()).toBe(true);
}

async function openStreams(): Promise<number> {
  return (await (await fetch(`${peer.url}/_sandbox/state`)).json()).liveInvocations;
}

async function viewOf(response: Response): Promise<ExperimentView> {
  return experimentViewSchema.parse(await response.json());
}

async function readView(id: string): Promise<ExperimentView> {
  return viewOf(await read(call(`/api/experiments/${id}`), at(id)));
}

async function until(id: string, isSo: (view: ExperimentView) => boolean): Promise<ExperimentView> {
  for (;;) {
    const view = await readView(id);
    if (isSo(view)) return view;
    await sleep(20);
  }
}

describe("samples", () => {
  it("are runs of their own, each with its numbers, and identical answers are known as such", async () => {
    await script([{ words: ["Blue"] }, { words: ["Deep", " red"] }, { words: ["Blue"] }]);
    const request = { ...REQUEST, parameters: { temperature: 1, seed: 5 } };
    const response = await start(post({ kind: "samples", request, samples: 3, concurrency: 1 }));
    expect(response.status).toBe(201);
    const { id, status } = await viewOf(response);
    expect(status).toBe("running");
    const { cells, progress } = await until(id, (view) => view.status === "finished");
    expect(progress).toMatchObject({ total: 3, done: 3 });
    expect(cells.map(({ answer, answerNumber, seed }) => [answer, answerNumber, seed])).toEqual([
      ["Blue", 1, 5],
      ["Deep red", 2, 6],
      ["Blue", 1, 7],
    ]);
    // Two tokens of -0.25 and -0.5: computed by hand.
    expect(cells[1]?.score?.jointLogProb).toBeCloseTo(-0.75, 9);
    expect(cells[1]?.score?.meanLogProb).toBeCloseTo(-0.375, 9);
    expect(cells[1]?.score?.bitsPerByte).toBeCloseTo(0.75 / Math.LN2 / 8, 9);
    const plain = historyPageSchema.parse(await (await listRuns(call("/api/runs"))).json());
    expect(plain.runs).toEqual([]);
    const all = historyPageSchema.parse(await (await listRuns(call("/api/runs?experiments=true"))).json());
    expect(all.runs.map(({ experimentId }) => experimentId)).toEqual([id, id, id]);
  });

  it("keep the endpoint from more than they were allowed, and stop long before their answers would end", async () => {
    await script([{ words: Array.from({ length: 400 }, () => "a"), delayMs: 40, times: 60 }]);
    const { id } = await viewOf(
      await start(post({ kind: "samples", request: REQUEST, samples: 40, concurrency: 4 })),
    );
    let most = 0;
    for (let look = 0; look < 40; look += most < 4 ? 0 : 1) {
      most = Math.max(most, await openStreams());
      await sleep(10);
    }
    expect(most).toBe(4);
    const begun = performance.now();
    const stopping = stop(call(`/api/experiments/${id}/stop`, { method: "POST" }), at(id));
    while ((await openStreams()) > 0) await sleep(10);
    // By themselves they would take another fifteen seconds.
    expect(performance.now() - begun).toBeLessThan(8_000);
    const view = await viewOf(await stopping);
    expect(view.status).toBe("stopped");
    expect(view.progress).toMatchObject({ waiting: 36, stopped: 4, running: 0 });
    await sleep(50);
    expect(await openStreams()).toBe(0);
    // What came until then is kept.
    expect(view.cells[0]?.characters).toBeGreaterThan(0);
  });
});

describe("a sweep", () => {
  it("goes on where it was stopped and asks nobody twice", async () => {
    const slow = { words: Array.from({ length: 400 }, () => "b"), delayMs: 40 };
    await script([{ words: ["one"] }, { words: ["two"] }, { words: ["three"] }, slow]);
    const { id } = await viewOf(
      await start(
        post({
          kind: "sweep",
          request: REQUEST,
          temperatures: [0, 0.5, 1, 1.5, 2],
          samples: 1,
          concurrency: 1,
        }),
      ),
    );
    await until(id, ({ progress }) => progress.done === 3 && progress.running === 1);
    const stopped = await viewOf(await stop(call("/", { method: "POST" }), at(id)));
    expect(stopped.progress).toMatchObject({ total: 5, done: 3, stopped: 1, waiting: 1 });
    const before = stopped.cells.slice(0, 3).map(({ runId }) => runId);
    await script([{ words: ["four"] }, { words: ["five"] }]);
    const resumed = await viewOf(await resume(call("/", { method: "POST" }), at(id)));
    expect(resumed.status).toBe("running");
    const { cells } = await until(id, (view) => view.status === "finished");
    expect(cells.map(({ temperature, answer }) => [temperature, answer])).toEqual([
      [0, "one"],
      [0.5, "two"],
      [1, "three"],
      [1.5, "four"],
      [2, "five"],
    ]);
    expect(cells.slice(0, 3).map(({ runId }) => runId)).toEqual(before);
  });

  it("keeps what failed apart, and sends it again where that is wished", async () => {
    await script([{ words: ["one"] }, { words: ["tw"], failure: "Out of memory." }]);
    const { id } = await viewOf(
      await start(
        post({ kind: "sweep", request: REQUEST, temperatures: [0, 1], samples: 1, concurrency: 1 }),
      ),
    );
    const failed = await until(id, ({ status }) => status === "finished");
    expect(failed.cells[1]).toMatchObject({ state: "failed", failure: expect.stringMatching(/memory/) });
    expect((await viewOf(await resume(call("/", { method: "POST" }), at(id)))).status).toBe("finished");
    await script([{ words: ["two"] }]);
    await resume(call("/", { method: "POST", body: '{"failed":true}' }), at(id));
    expect((await until(id, ({ progress }) => progress.done === 2)).cells[1]?.answer).toBe("two");
  });
});

it("goes on after its server died: what was under way is taken for stopped, and asked again", async () => {
  await script([{ words: ["new"] }, { words: ["newer"] }]);
  const opened = await database();
  if (!opened.ok) throw new Error(opened.failure.message);
  const spec = experimentSpecSchema.parse({ kind: "samples", request: REQUEST, samples: 2, concurrency: 1 });
  // What a killed server leaves behind: an experiment and a run that says it is running.
  await insertExperiment(opened.value, { id: "orphan", createdAt: new Date(), spec });
  await startRun(opened.value, {
    id: "left-behind",
    createdAt: new Date(),
    endpointName: DEMO,
    connection: { account: null, region: null, host: null },
    container: null,
    request: spec.request,
    promptText: "Name a colour.",
    parentId: null,
    origin: null,
    experimentId: "orphan",
    experimentCell: 0,
  });
  expect((await readView("orphan")).progress).toMatchObject({ stopped: 1, waiting: 1, running: 0 });
  await resume(call("/", { method: "POST" }), at("orphan"));
  const { cells } = await until("orphan", ({ status }) => status === "finished");
  expect(cells.map(({ answer }) => answer)).toEqual(["new", "newer"]);
});

it("tells beforehand how fast an endpoint was and what it costs, and nothing of one that is not there", async () => {
  const outlookOf = async (name: string) => {
    const params = { params: Promise.resolve({ name }) };
    return outlookSchema.parse(
      await (await readOutlook(call(`/api/endpoints/${name}/outlook`), params)).json(),
    );
  };
  await script([{ words: ["a", "b", "c"], delayMs: 20 }]);
  const { id } = await viewOf(
    await start(post({ kind: "samples", request: REQUEST, samples: 2, concurrency: 1 })),
  );
  await until(id, ({ status }) => status === "finished");
  const { pace, pricePerHour } = await outlookOf(DEMO);
  expect(pace?.runs).toBeGreaterThan(0);
  expect(pace?.tokensPerSecond.slow).toBeLessThanOrEqual(pace?.tokensPerSecond.fast ?? 0);
  expect(pricePerHour).toBeGreaterThan(0);
  expect(await outlookOf("gone")).toEqual({ pace: null, pricePerHour: null });
});

describe("a classification", () => {
  const labels = [
    { name: "positive", variants: [" positive"] },
    { name: "negative", variants: [" negative"] },
  ];
  const rows = [
    { text: "Nice {{soup}}", truth: 0 },
    { text: "Cold soup", truth: 1 },
  ];
  const spec = {
    kind: "classify",
    request: { endpointName: DEMO, prompt: "Review: {{text}}\nSentiment:" },
    labels,
    rows,
    seed: 1,
    concurrency: 1,
  };

  async function rowsOf(id: string) {
    await until(id, ({ status }) => status === "finished");
    const response = await classification(call(`/api/experiments/${id}/classification`), at(id));
    return classificationSchema.parse(await response.json()).rows;
  }

  it("reads every label where the answer begins, and what is not seen", async () => {
    const top = [
      { id: 1, text: " positive", logProb: Math.log(0.7) },
      { id: 2, text: " negative", logProb: Math.log(0.2) },
    ];
    for (const taken of top) {
      const tokens = [{ ...taken, top }];
      await control({ endpoint: DEMO, times: 1, script: { tokens, finish: "eos" } });
    }
    const { id, cells } = await viewOf(await start(post({ ...spec, scoring: "alternatives" })));
    expect(cells).toHaveLength(2);
    const [first, second] = await rowsOf(id);
    expect(first).toMatchObject({ state: "done", answer: " positive", score: { method: "alternatives" } });
    expect(first?.score?.logProbs[1]).toBeCloseTo(Math.log(0.2), 9);
    expect(first?.score?.unseen).toBeCloseTo(0.1, 9);
    expect(second?.score?.answered).toBe(1);
  });

  it("puts every label behind the prompt where that is wished", async () => {
    const tokens = [{ id: 9, text: ".", logProb: -1 }];
    for (const [text, p] of [
      [" positive", 0.7],
      [" negative", 0.2],
      [" positive", 0.3],
      ["negative", 0.6],
    ] as const) {
      const prefill = [
        { id: 1, text: ":", logProb: -3 },
        { id: 2, text, logProb: Math.log(p) },
      ];
      await control({ endpoint: DEMO, times: 1, script: { tokens, prefill } });
    }
    const { id } = await viewOf(await start(post({ ...spec, scoring: "forced" })));
    const [first, second] = await rowsOf(id);
    expect(first?.score?.method).toBe("forced");
    expect(first?.score?.logProbs.map((value) => Math.exp(value ?? 0))).toEqual([
      expect.closeTo(0.7, 9),
      expect.closeTo(0.2, 9),
    ]);
    expect(second).toMatchObject({
      state: "failed",
      failure: { message: "The tokens of “negative” do not begin where the prompt ends." },
    });
  });

  it("is none where another experiment is asked for it", async () => {
    await script([{ words: ["Blue"], times: 2 }]);
    const { id } = await viewOf(
      await start(post({ kind: "samples", request: REQUEST, samples: 2, concurrency: 2 })),
    );
    await until(id, ({ status }) => status === "finished");
    expect((await classification(call("/"), at(id))).status).toBe(400);
  });
});

it("a comparison asks both with the same words at the same time", async () => {
  const slow = Array.from({ length: 20 }, (_, id) => ({ id, text: " blue", logProb: -1 }));
  for (const endpoint of [DEMO, "sagescope-demo-lmi-026"]) {
    await control({ endpoint, times: 0 });
    await control({ endpoint, times: 1, script: { tokens: slow, finish: "eos", delayMs: 100 } });
  }
  const { id } = await viewOf(
    await start(
      post({
        kind: "compare",
        request: REQUEST,
        against: { endpointName: "sagescope-demo-lmi-026", parameters: { temperature: 0 } },
        concurrency: 2,
      }),
    ),
  );
  await until(id, ({ progress }) => progress.running === 2);
  const { cells } = await until(id, ({ status }) => status === "finished");
  expect(cells.map(({ endpointName, temperature }) => [endpointName, temperature])).toEqual([
    [DEMO, 1],
    ["sagescope-demo-lmi-026", 0],
  ]);
});

describe("what cannot be", () => {
  it("an endpoint that is not there: each run says so, and after five it is enough", async () => {
    const request = { ...REQUEST, endpointName: "gone" };
    const { id } = await viewOf(await start(post({ kind: "samples", request, samples: 8, concurrency: 1 })));
    const { progress, cells } = await until(id, ({ status }) => status !== "running");
    expect(progress).toMatchObject({ failed: 5, waiting: 3 });
    expect(cells[0]?.failure).toMatch(/gone/);
  });

  it.each([
    [{ kind: "samples", request: REQUEST, samples: 65, concurrency: 4 }, "samples"],
    [{ kind: "samples", request: { endpointName: DEMO }, samples: 4, concurrency: 4 }, "request.prompt"],
    [{ kind: "sweep", request: REQUEST, temperatures: [1], samples: 1, concurrency: 4 }, "temperatures"],
    [{ kind: "magic" }, "kind"],
  ])("refuses %j", async (body, field) => {
    const response = await start(post(body));
    expect(response.status).toBe(400);
    expect((await response.json()).failure).toMatchObject({ code: "invalid", field });
  });

  it("refuses other sites, and knows no experiment that is not there", async () => {
    const foreign = post({}, { origin: "https://elsewhere.example" });
    expect((await start(foreign)).status).toBe(403);
    expect((await read(call("/"), at("none"))).status).toBe(404);
    expect((await stop(call("/", { method: "POST" }), at("none"))).status).toBe(404);
    expect((await resume(call("/", { method: "POST", body: '{"all":1}' }), at("none"))).status).toBe(400);
  });
});

it("lists them newest first, and a deleted one leaves its runs behind", async () => {
  const entries = async () =>
    experimentListSchema.parse(await (await list(call("/api/experiments"))).json()).experiments;
  const [newest, ...others] = await entries();
  expect(newest).toMatchObject({ kind: "samples", question: "Name a colour.", status: "stopped" });
  expect(newest?.progress).toMatchObject({ total: 8, failed: 5, waiting: 3 });
  const id = newest?.id ?? "";
  expect((await remove(call("/", { method: "DELETE" }), at(id))).status).toBe(204);
  expect(await entries()).toEqual(others);
  const found = await listRuns(call("/api/runs?experiments=true&endpoint=gone"));
  expect(historyPageSchema.parse(await found.json()).runs).toHaveLength(5);
});
