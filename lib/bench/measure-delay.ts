import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { createEventDecoder } from "#lib/run/event-lines.ts";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import { median, percentile } from "./median.ts";

const TOKENS = 200;
const EVERY_MS = 10;
/** A server is measured as one that has answered before: connections open, compilers done. */
const WARM_UP_TOKENS = 5_000;
const WARM_UPS = 8;
const REPETITIONS = 15;

/** How long a token is on its way, in milliseconds: medians of the repetitions' percentiles. */
export type Delays = { p50: number; p99: number };

/** `added` is ours less the SDK's within a repetition, whose two streams come one right after the other. */
export type BothDelays = { sdk: Delays; ours: Delays; added: Delays };

type Stream = (endpointName: string) => AsyncIterable<Uint8Array>;

/** From the moment a container's token is sent to the moment a program has read it, by the SDK and through us. */
export async function measureDelay(sdkStream: Stream, appUrl: string): Promise<BothDelays> {
  const endpointName = `paced-${TOKENS}-${EVERY_MS}`;
  const rounds: BothDelays[] = [];
  await warmUp(sdkStream, appUrl);
  for (let round = 0; round < REPETITIONS; round += 1) {
    const sdk = summarize(await delaysThroughSdk(sdkStream(endpointName)));
    const ours = summarize(await delaysThroughApp(appUrl, endpointName));
    const added = { p50: ours.p50 - sdk.p50, p99: ours.p99 - sdk.p99 };
    rounds.push({ sdk, ours, added });
  }
  const middle = (pick: (round: BothDelays) => number) => median(rounds.map(pick));
  const both = (way: keyof BothDelays) => ({
    p50: middle((round) => round[way].p50),
    p99: middle((round) => round[way].p99),
  });
  return { sdk: both("sdk"), ours: both("ours"), added: both("added") };
}

function summarize(delays: number[]): Delays {
  if (delays.length !== TOKENS) throw new Error(`${delays.length} of ${TOKENS} tokens carried a time`);
  return { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
}

async function warmUp(sdkStream: Stream, appUrl: string) {
  const endpointName = `burst-${WARM_UP_TOKENS}`;
  for (let round = 0; round < WARM_UPS; round += 1) {
    await delaysThroughSdk(sdkStream(endpointName));
    await delaysThroughApp(appUrl, endpointName);
  }
}

/** For tokens whose text is the time of their sending; others have none. */
async function delaysThroughSdk(bytes: AsyncIterable<Uint8Array>) {
  const parser = createStreamParser();
  const delays: number[] = [];
  for await (const chunk of bytes) {
    const readAt = clock();
    for (const event of parser.push(chunk)) {
      if (event.type === "token" && !event.special) note(delays, readAt, event.text);
    }
  }
  return delays;
}

/** Read with `node:http`, as the SDK reads: `fetch` would add its own. */
async function delaysThroughApp(appUrl: string, endpointName: string) {
  const headers = { "Content-Type": "application/json" };
  const asking = request(`${appUrl}/api/invoke`, { method: "POST", headers });
  asking.end(JSON.stringify({ endpointName, prompt: "a prompt", parameters: {} }));
  const [response]: IncomingMessage[] = await once(asking, "response");
  if (response?.statusCode !== 200) throw new Error(`the app answered ${response?.statusCode}`);
  const decoder = createEventDecoder();
  const delays: number[] = [];
  for await (const chunk of response) {
    const readAt = clock();
    for (const result of decoder.push(chunk)) {
      if (result.ok && result.value.type === "token" && !result.value.special) {
        note(delays, readAt, result.value.text);
      }
    }
  }
  return delays;
}

function note(delays: number[], readAt: number, text: string) {
  const sentAt = Number(text);
  // The last token of an answer is the model's end mark and carries no time.
  if (Number.isFinite(sentAt)) delays.push(readAt - sentAt);
}

/** The same clock as the server's: both programs run on this machine. */
function clock() {
  return performance.timeOrigin + performance.now();
}
