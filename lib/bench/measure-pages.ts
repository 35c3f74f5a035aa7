import { z } from "zod";
import { inParallel } from "./in-parallel.ts";
import { median } from "./median.ts";
import { readProcess } from "./read-process.ts";
import { controlCall, createSender, type ReplayedCall } from "./replayed-call.ts";

const ENDPOINTS = 10_000;
const PAGE = 100;
const CONNECTIONS = 16;
const ROUNDS = 15;
// A page takes less than what a clock of a process can tell.
const PASSES = 4;
const DEMO = "sagescope-demo";

const pageSchema = z.object({ Endpoints: z.array(z.unknown()), NextToken: z.string().optional() });
const endpointSchema = z.object({ EndpointConfigName: z.string() });

/** Every order that a list can be asked in. */
const ORDERS = ["CreationTime", "Name", "Status"].flatMap((SortBy) =>
  ["Ascending", "Descending"].map((SortOrder) => ({ SortBy, SortOrder })),
);

export type PageCosts = {
  /** The server's processor time of a page in the first quarter of 10,000 endpoints, in milliseconds. */
  pageMs: number;
  /** A page of the last quarter in pages of the first one, for each order of the list. */
  pageGrowth: { order: string; growth: number }[];
};

/** Fills an account and lists it page by page, in every order. */
export async function measurePages(url: string): Promise<PageCosts> {
  const sender = createSender(url, CONNECTIONS);
  await fillAccount(url, sender.send);
  const costs: { order: string; first: number; growth: number }[] = [];
  for (const order of ORDERS) {
    const pages = await readPages(sender.send, order);
    const quarter = Math.floor(pages.length / 4);
    const first = pages.slice(0, quarter);
    // Not the last one, which is short.
    const last = pages.slice(-quarter - 1, -1);
    const rounds: { first: number; last: number }[] = [];
    // The first round warms the compilers up. Both take turns, so that a busy moment falls on both.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const cost = {
        first: await costOf(url, sender.send, first),
        last: await costOf(url, sender.send, last),
      };
      if (round > 0) rounds.push(cost);
    }
    costs.push({
      order: `${order.SortBy}, ${order.SortOrder.toLowerCase()}`,
      first: median(rounds.map((round) => round.first)),
      // Of each round, since a machine grows busier or quieter between two of them.
      growth: median(rounds.map((round) => round.last / round.first)),
    });
  }
  sender.close();
  return {
    pageMs: median(costs.map(({ first }) => first)),
    pageGrowth: costs.map(({ order, growth }) => ({ order, growth })),
  };
}

type Send = ReturnType<typeof createSender>["send"];

async function fillAccount(url: string, send: Send): Promise<void> {
  const quota = { name: "ml.g5.xlarge for endpoint usage", value: 2 * ENDPOINTS };
  await fetch(`${url}/_sandbox/quotas`, { method: "POST", body: JSON.stringify(quota) });
  const demo = await send(controlCall("DescribeEndpoint", { EndpointName: DEMO }));
  const { EndpointConfigName } = endpointSchema.parse(JSON.parse(demo));
  await inParallel(CONNECTIONS, ENDPOINTS, (index) =>
    send(controlCall("CreateEndpoint", { EndpointName: `e-${index}`, EndpointConfigName })),
  );
}

/** The calls that list the account page by page: a token leads to its page as often as it is sent. */
async function readPages(send: Send, order: object): Promise<ReplayedCall[]> {
  const calls: ReplayedCall[] = [];
  let token: string | undefined;
  let seen = 0;
  do {
    const input = { ...order, MaxResults: PAGE, ...(token === undefined ? {} : { NextToken: token }) };
    const call = controlCall("ListEndpoints", input);
    const page = pageSchema.parse(JSON.parse(await send(call)));
    calls.push(call);
    seen += page.Endpoints.length;
    token = page.NextToken;
  } while (token !== undefined);
  if (seen < ENDPOINTS) throw new Error(`${seen} of ${ENDPOINTS} endpoints were listed`);
  return calls;
}

/** The server's processor time of one of these calls. */
async function costOf(url: string, send: Send, calls: readonly ReplayedCall[]): Promise<number> {
  const before = await readProcess(url);
  for (let pass = 0; pass < PASSES; pass += 1) for (const call of calls) await send(call);
  const { cpuMs } = await readProcess(url);
  return (cpuMs - before.cpuMs) / (PASSES * calls.length);
}
