import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { percentile } from "./median.ts";
import { readProcess } from "./read-process.ts";
import { createSender, streamCall } from "./replayed-call.ts";
import { createTokenClock } from "./token-clock.ts";

const STREAMS = 500;
const TOKENS = 150;
const EVERY_MS = 20;
// Half a second before the first stream ends, all of them run.
const OPENED_WITHIN_MS = 2_000;
const DEMO = "sagescope-demo";

export type StreamCosts = {
  /** How late tokens come, against the schedule of which each stream's most punctual token is part. */
  lateP50Ms: number;
  lateP99Ms: number;
  /** The server's processor time for one token of one stream, with its share of the stream's start and end. */
  tokenMicroseconds: number;
};

/** Streams 500 scripted answers at once, 50 tokens a second each. */
export async function measureStreams(url: string) {
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
