import { createEventDecoder } from "#lib/run/event-lines.ts";
import { createStreamParser } from "#lib/wire/parse-stream.ts";
import { median, percentile } from "./median.ts";

const TOKENS = 200;
const EVERY_MS = 10;
const REPETITIONS = 7;

/** How long a token is on its way, in milliseconds: medians of the repetitions' percentiles. */
export type Delays = { p50: number; p99: number };

type Stream = (endpointName: string) => AsyncIterable<Uint8Array>;

/** From the moment a container's token is sent to the moment a program has read it, by the SDK and through us. */
export async function measureDelay(
  sdkStream: Stream,
  appUrl: string,
): Promise<{ sdk: Delays; ours: Delays }> {
  const endpointName = `paced-${TOKENS}-${EVERY_MS}`;
  const rounds: { sdk: number[]; ours: number[] }[] = [];
  for (let round = 0; round <= REPETITIONS; round += 1) {
    const sdk = await delaysThroughSdk(sdkStream(endpointName));
    const ours = await delaysThroughApp(appUrl, endpointName);
    // The first of each opens connections and warms the compiler up.
    if (round > 0) rounds.push({ sdk, ours });
  }
  return { sdk: summarize(rounds.map(({ sdk }) => sdk)), ours: summarize(rounds.map(({ ours }) => ours)) };
}

function summarize(repetitions: number[][]): Delays {
  return {
    p50: median(repetitions.map((delays) => percentile(delays, 0.5))),
    p99: median(repetitions.map((delays) => percentile(delays, 0.99))),
  };
}

async function delaysThroughSdk(bytes: AsyncIterable<Uint8Array>) {
  const parser = createStreamParser();
  const delays: number[] = [];
  for await (const chunk of bytes) {
    const readAt = clock();
    for (const event of parser.push(chunk)) {
      if (event.type === "token" && !event.special) note(delays, readAt, event.text);
    }
  }
  return complete(delays);
}

async function delaysThroughApp(appUrl: string, endpointName: string) {
  const response = await fetch(`${appUrl}/api/invoke`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ endpointName, prompt: "a prompt", parameters: {} }),
  });
  if (!response.ok || response.body === null) throw new Error(`the app answered ${response.status}`);
  const decoder = createEventDecoder();
  const delays: number[] = [];
  for await (const chunk of response.body) {
    const readAt = clock();
    for (const result of decoder.push(chunk)) {
      if (result.ok && result.value.type === "token" && !result.value.special) {
        note(delays, readAt, result.value.text);
      }
    }
  }
  return complete(delays);
}

function note(delays: number[], readAt: number, text: string) {
  const sentAt = Number(text);
  // The last token of an answer is the model's end mark and carries no time.
  if (Number.isFinite(sentAt)) delays.push(readAt - sentAt);
}

function complete(delays: number[]) {
  if (delays.length !== TOKENS) throw new Error(`${delays.length} of ${TOKENS} tokens carried a time`);
  return delays;
}

/** The same clock as the server's: both programs run on this machine. */
function clock() {
  return performance.timeOrigin + performance.now();
}
