import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { median, percentile } from "./median.ts";
import { controlCall, createSender, recordDescribe, streamCall } from "./replayed-call.ts";
import { createTokenClock } from "./token-clock.ts";

const CALLS = 4_000;
const CONNECTIONS = 16;
const REPETITIONS = 5;
const ENDPOINTS = 10_000;
const PAGE = 100;
const STREAMS = 500;
const TOKENS = 150;
const EVERY_MS = 20;
// Half a second before the first stream ends, all of them run.
const OPENED_WITHIN_MS = 2_000;
const DEMO = "sagescope-demo";

const processSchema = z.object({ cpuMs: z.number(), memoryBytes: z.number() });
const pageSchema = z.object({ Endpoints: z.array(z.unknown()), NextToken: z.string().optional() });
const endpointSchema = z.object({ EndpointConfigName: z.string() });

/** What the local SageMaker can do: times in milliseconds, rates for a second of one processor core. */
export type SandboxCosts = {
  memoryBytes: number;
  callsPerSecond: number;
  plainCallsPerSecond: number;
  /** The server's processor time of a page, in the first and in the last quarter of 10,000 endpoints. */
  firstPagesMs: number;
  lastPagesMs: number;
  /** How late tokens come, against the schedule of which each stream's most punctual token is part. */
  lateP50Ms: number;
  lateP99Ms: number;
  /** The server's processor time for one token of one stream, with its share of the stream's start and end. */
  tokenMicroseconds: number;
};

/** Measures a sandbox over its socket, and a bare server of Node beside it. */
export async function measureSandbox(url: string, plainUrl: string): Promise<SandboxCosts> {
  await createSender(url, 1).send(controlCall("ListEndpoints", {}));
  const { memoryBytes } = await readProcess(url);
  const rates = await measureCalls(url, plainUrl);
  // Before the account is full, which no stream has to do with.
  const streams = await measureStreams(url);
  const pages = await measurePages(url);
  return {
    memoryBytes,
    ...rates,
    ...pages,
    ...streams,
  };
}

async function readProcess(url: string) {
  return processSchema.parse(await (await fetch(`${url}/_sandbox/process`)).json());
}

async function measureCalls(url: string, plainUrl: string) {
  const call = await recordDescribe(url, { EndpointName: DEMO });
  const rounds: { sandbox: number; plain: number }[] = [];
  // The first round warms the compilers up. Both take turns, so that a busy moment falls on both.
  for (let round = 0; round <= REPETITIONS; round += 1) {
    const sandbox = await rateOf(url, call);
    const plain = await rateOf(plainUrl, call);
    if (round > 0) rounds.push({ sandbox, plain });
  }
  return {
    callsPerSecond: median(rounds.map(({ sandbox }) => sandbox)),
    plainCallsPerSecond: median(rounds.map(({ plain }) => plain)),
  };
}

// By the server's own processor time: how fast this program asks must not matter.
async function rateOf(url: string, call: ReturnType<typeof controlCall>): Promise<number> {
  const sender = createSender(url, CONNECTIONS);
  const before = await readProcess(url);
  await inParallel(CONNECTIONS, CALLS, () => sender.send(call));
  const { cpuMs } = await readProcess(url);
  sender.close();
  return (CALLS * 1000) / (cpuMs - before.cpuMs);
}

async function inParallel(workers: number, times: number, work: (index: number) => Promise<unknown>) {
  let next = 0;
  async function run() {
    while (next < times) {
      next += 1;
      await work(next);
    }
  }
  await Promise.all(Array.from({ length: workers }, run));
}

async function measurePages(url: string) {
  const sender = createSender(url, CONNECTIONS);
  const quota = { name: "ml.g5.xlarge for endpoint usage", value: 2 * ENDPOINTS };
  await fetch(`${url}/_sandbox/quotas`, { method: "POST", body: JSON.stringify(quota) });
  const demo = await sender.send(controlCall("DescribeEndpoint", { EndpointName: DEMO }));
  const { EndpointConfigName } = endpointSchema.parse(JSON.parse(demo));
  await inParallel(CONNECTIONS, ENDPOINTS, (index) =>
    sender.send(controlCall("CreateEndpoint", { EndpointName: `e-${index}`, EndpointConfigName })),
  );
  // Once through warms the compilers up.
  await readPages(url, sender);
  const costs = await readPages(url, sender);
  sender.close();
  return { firstPagesMs: costs[0] ?? Number.NaN, lastPagesMs: costs.at(-1) ?? Number.NaN };
}

/** The server's processor time of a page, quarter by quarter of the list. */
async function readPages(url: string, sender: ReturnType<typeof createSender>): Promise<number[]> {
  const quarter = ENDPOINTS / PAGE / 4;
  const costs: number[] = [];
  let before = await readProcess(url);
  let token: string | undefined;
  let pages = 0;
  let seen = 0;
  do {
    const input = { MaxResults: PAGE, ...(token === undefined ? {} : { NextToken: token }) };
    const page = pageSchema.parse(JSON.parse(await sender.send(controlCall("ListEndpoints", input))));
    seen += page.Endpoints.length;
    token = page.NextToken;
    pages += 1;
    if (pages % quarter === 0) {
      const now = await readProcess(url);
      costs.push((now.cpuMs - before.cpuMs) / quarter);
      before = now;
    }
  } while (token !== undefined);
  if (seen < ENDPOINTS) throw new Error(`${seen} of ${ENDPOINTS} endpoints were listed`);
  return costs;
}

async function measureStreams(url: string) {
  const tokens = Array.from({ length: TOKENS }, (_, id) => ({ id, text: ` w${id}`, logProb: -0.5 }));
  const script = { tokens, finish: "length", delayMs: EVERY_MS };
  const order = JSON.stringify({ endpoint: DEMO, times: 2 * STREAMS, script });
  await fetch(`${url}/_sandbox/script`, { method: "POST", body: order });
  // The first round warms the compilers up.
  await streamTogether(url);
  const before = await readProcess(url);
  const streams = await streamTogether(url);
  const { cpuMs } = await readProcess(url);
  const late = streams.flatMap(latenessOf);
  return {
    lateP50Ms: percentile(late, 0.5),
    lateP99Ms: percentile(late, 0.99),
    tokenMicroseconds: ((cpuMs - before.cpuMs) * 1000) / (STREAMS * TOKENS),
  };
}

/** Opens all streams, one after the other; answers when the tokens of each came. */
async function streamTogether(url: string): Promise<number[][]> {
  const sender = createSender(url, STREAMS);
  const call = streamCall(DEMO);
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, async (_, index) => {
      await pause((index * OPENED_WITHIN_MS) / STREAMS);
      const answer = await sender.open(call);
      const arrivals: number[] = [];
      answer.on("data", createTokenClock(arrivals));
      await once(answer, "end");
      // After the tokens come lines that end the answer.
      if (arrivals.length < TOKENS) throw new Error(`${arrivals.length} of ${TOKENS} tokens came`);
      return arrivals.slice(0, TOKENS);
    }),
  );
  sender.close();
  return streams;
}

function latenessOf(arrivals: readonly number[]): number[] {
  const offsets = arrivals.map((at, index) => at - index * EVERY_MS);
  const punctual = Math.min(...offsets);
  return offsets.map((offset) => offset - punctual);
}
