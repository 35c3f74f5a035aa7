import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { inParallel } from "./in-parallel.ts";
import { measurePages, type PageCosts } from "./measure-pages.ts";
import { median, percentile } from "./median.ts";
import { readProcess } from "./read-process.ts";
import { controlCall, createSender, recordDescribe, streamCall } from "./replayed-call.ts";
import { createTokenClock } from "./token-clock.ts";

const CALLS = 4_000;
const CONNECTIONS = 16;
const REPETITIONS = 5;
const STREAMS = 500;
const TOKENS = 150;
const EVERY_MS = 20;
// Half a second before the first stream ends, all of them run.
const OPENED_WITHIN_MS = 2_000;
const DEMO = "sagescope-demo";

/** What the local SageMaker can do: times in milliseconds, rates for a second of one processor core. */
export type SandboxCosts = PageCosts & {
  memoryBytes: number;
  callsPerSecond: number;
  plainCallsPerSecond: number;
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
