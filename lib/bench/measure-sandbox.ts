import { inParallel } from "./in-parallel.ts";
import { measurePages, type PageCosts } from "./measure-pages.ts";
import { measureStreams, type StreamCosts } from "./measure-streams.ts";
import { median } from "./median.ts";
import { readProcess } from "./read-process.ts";
import { controlCall, createSender, recordDescribe } from "./replayed-call.ts";

const CALLS = 4_000;
const CONNECTIONS = 16;
const REPETITIONS = 5;
const DEMO = "sagescope-demo";

/** What the local SageMaker can do: times in milliseconds, rates for a second of one processor core. */
export type SandboxCosts = PageCosts &
  StreamCosts & {
    memoryBytes: number;
    callsPerSecond: number;
    plainCallsPerSecond: number;
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
