import { invokeStream } from "#lib/aws/invoke-stream.ts";
import { succeed } from "#lib/failure.ts";
import { invokeRun } from "#lib/run/continue-run.ts";
import { encodeEvent } from "#lib/run/event-lines.ts";
import type { Invoke } from "#lib/run/invoke-part.ts";
import { createLineDecoder } from "#lib/wire/decode-lines.ts";
import { median } from "./median.ts";
import { answerLines } from "./token-lines.ts";

const TOKENS = 20_000;
const REPETITIONS = 7;
const FACTS = { release: 36, mode: "async", engine: "vllm" } as const;

/**
 * Processor time of one token, in microseconds: medians over the repetitions. `whole` is the product's way from
 * the socket to the lines that a browser reads, `ours` the part of it that comes after the frames.
 */
export type ReadingCosts = { sdk: number; sdkWithJson: number; ours: number; whole: number };

type Stream = (endpointName: string) => AsyncIterable<Uint8Array>;

/**
 * What reading a stream costs the processor: the SDK alone, with the least anyone would add, and our way instead.
 * The product's own client must have been pointed at the server that `sdkStream` asks.
 */
export async function measureReading(sdkStream: Stream): Promise<ReadingCosts> {
  const endpointName = `burst-${TOKENS}`;
  const chunks = answerLines(TOKENS).map((line) => new TextEncoder().encode(line));
  const ways = {
    sdk: () => drain(sdkStream(endpointName)),
    sdkWithJson: () => parseLines(sdkStream(endpointName)),
    ours: () => run(async () => succeed({ bytes: replay(chunks), contentType: "application/jsonlines" })),
    whole: () => run((body, signal) => invokeStream({ endpointName, body, signal })),
  };
  const samples = { sdk: [0], sdkWithJson: [0], ours: [0], whole: [0] };
  const names = ["sdk", "sdkWithJson", "ours", "whole"] as const;
  // The first round warms the compiler up. Rounds take turns, so that a busy moment falls on all alike.
  for (let round = 0; round <= REPETITIONS; round += 1) {
    for (const name of names) {
      const cost = await costOf(ways[name]);
      if (round === 0) samples[name] = [];
      else samples[name].push(cost);
    }
  }
  return {
    sdk: median(samples.sdk),
    sdkWithJson: median(samples.sdkWithJson),
    ours: median(samples.ours),
    whole: median(samples.whole),
  };
}

async function costOf(work: () => Promise<number>) {
  const before = process.cpuUsage();
  const tokens = await work();
  const { user, system } = process.cpuUsage(before);
  if (tokens !== TOKENS) throw new Error(`${tokens} tokens were read instead of ${TOKENS}`);
  return (user + system) / TOKENS;
}

async function drain(bytes: AsyncIterable<Uint8Array>) {
  let payloads = 0;
  for await (const _ of bytes) payloads += 1;
  return payloads;
}

async function parseLines(bytes: AsyncIterable<Uint8Array>) {
  let lines = 0;
  const decoder = createLineDecoder((line) => {
    JSON.parse(line);
    lines += 1;
  });
  for await (const chunk of bytes) decoder.push(chunk);
  decoder.end();
  return lines;
}

/** The product's own way from bytes to the lines that a browser reads. */
async function run(invoke: Invoke) {
  let tokens = 0;
  let written = 0;
  const events = invokeRun({
    runId: "bench",
    request: { endpointName: "bench", prompt: "a prompt", parameters: {} },
    dialect: "lmi-async",
    facts: FACTS,
    startedAt: 0,
    now: () => performance.now(),
    invoke,
    signal: new AbortController().signal,
    describeError: (error) => ({ code: "unexpected", message: String(error) }),
  });
  for await (const event of events) {
    written += encodeEvent(event).length;
    if (event.type === "token") tokens += 1;
  }
  if (written === 0) throw new Error("nothing was written");
  return tokens;
}

async function* replay(chunks: Uint8Array[]) {
  yield* chunks;
}
