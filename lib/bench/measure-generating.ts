import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { median, percentile } from "./median.ts";
import { controlCall, createSender, streamCall } from "./replayed-call.ts";

const PLACES = 4;
const CALLS = 400;
const BETWEEN_MS = 10;
const LEAVES = 12;
const READY_WITHIN_MS = 60_000;
const UNTIL_MS = 20_000;
const DEMO = "sagescope-demo";
const ENDLESS = {
  inputs: "Sleep is",
  stream: true,
  parameters: { max_new_tokens: 1500, ignore_eos_token: true },
};

const stateSchema = z.object({ engine: z.object({ state: z.string(), running: z.number() }) });

export type GeneratingCosts = {
  /** How long a call of the control plane takes while nothing else happens, and while four prompts are answered. */
  idleP50Ms: number;
  idleP99Ms: number;
  busyP50Ms: number;
  busyP99Ms: number;
  /** From the moment that a client leaves until its generation has ended. */
  stopP50Ms: number;
  stopMostMs: number;
};

/** Measures a sandbox with its language model; undefined where this platform has no engine for it. */
export async function measureGenerating(url: string): Promise<GeneratingCosts | undefined> {
  if (!(await isEngineReady(url))) return undefined;
  const sender = createSender(url, PLACES);
  const controls = createSender(url, 1);
  // Warms the compilers up.
  await timesOf(controls.send);
  const idle = await timesOf(controls.send);
  const asking = keepAsking(sender.open);
  await until(url, PLACES);
  const busy = await timesOf(controls.send);
  asking.stop();
  await until(url, 0);
  const stops: number[] = [];
  for (let round = 0; round < LEAVES; round += 1) {
    // Its first token is there, and by itself it would go on for a thousand more.
    const answer = await begin(sender.open);
    const left = performance.now();
    answer.destroy();
    await until(url, 0);
    stops.push(performance.now() - left);
  }
  sender.close();
  controls.close();
  return {
    idleP50Ms: median(idle),
    idleP99Ms: percentile(idle, 0.99),
    busyP50Ms: median(busy),
    busyP99Ms: percentile(busy, 0.99),
    stopP50Ms: median(stops),
    stopMostMs: Math.max(...stops),
  };
}

type Sender = ReturnType<typeof createSender>;

async function timesOf(send: Sender["send"]): Promise<number[]> {
  const call = controlCall("DescribeEndpoint", { EndpointName: DEMO });
  const times: number[] = [];
  for (let index = 0; index < CALLS; index += 1) {
    // As people call: one after the other at once would find a server that has not gone back to other work.
    await pause(BETWEEN_MS);
    const started = performance.now();
    await send(call);
    times.push(performance.now() - started);
  }
  return times;
}

async function begin(open: Sender["open"]): Promise<IncomingMessage> {
  const answer = await open(streamCall(DEMO, ENDLESS));
  // Who leaves is told that the answer broke off.
  answer.on("error", () => undefined).resume();
  return answer;
}

/** Keeps every place of the engine taken: where an answer ends, another prompt is sent. */
function keepAsking(open: Sender["open"]) {
  const answers = new Set<IncomingMessage>();
  let isOver = false;
  async function ask(): Promise<void> {
    while (!isOver) {
      const answer = await begin(open);
      answers.add(answer);
      await once(answer, "close");
      answers.delete(answer);
    }
  }
  for (let place = 0; place < PLACES; place += 1) void ask();
  return {
    stop() {
      isOver = true;
      for (const answer of answers) answer.destroy();
    },
  };
}

/** Waits until so many prompts are being answered. */
async function until(url: string, running: number): Promise<void> {
  const deadline = performance.now() + UNTIL_MS;
  for (let found = -1; found !== running; ) {
    if (performance.now() > deadline) throw new Error(`${found} prompts are answered, not ${running}`);
    await pause(1);
    found = (await readEngine(url)).running;
  }
}

async function isEngineReady(url: string): Promise<boolean> {
  const deadline = performance.now() + READY_WITHIN_MS;
  let { state } = await readEngine(url);
  while (state === "loading" && performance.now() < deadline) {
    await pause(100);
    ({ state } = await readEngine(url));
  }
  return state === "ready";
}

async function readEngine(url: string) {
  return stateSchema.parse(await (await fetch(`${url}/_sandbox/state`)).json()).engine;
}
