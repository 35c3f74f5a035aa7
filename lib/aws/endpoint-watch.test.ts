import { expect, it } from "vitest";
import type { EndpointStatus, EndpointSummary } from "#lib/endpoint/endpoint.ts";
import { fail, succeed } from "#lib/failure.ts";
import { createEndpointWatch } from "./endpoint-watch.ts";

function summary(name: string, status: EndpointStatus): EndpointSummary {
  return { name, arn: `arn:${name}`, status, createdAt: 1_000, modifiedAt: 1_000 };
}

function setUp(...endpoints: EndpointSummary[]) {
  const world = { at: 100_000, endpoints, lists: 0, details: 0 };
  const watch = createEndpointWatch({
    list: async () => {
      world.lists += 1;
      return succeed(world.endpoints);
    },
    readDetail: async (name) => {
      world.details += 1;
      const found = world.endpoints.find((endpoint) => endpoint.name === name);
      if (!found) return fail({ code: "not-found", message: "gone" });
      const endpoint = { ...found, configName: null, failureReason: null, variants: [], tags: [] };
      return succeed({ endpoint, wire: new Map() });
    },
    now: () => world.at,
    random: () => 0,
  });
  return { world, watch };
}

/** When AWS is asked, in ms since the beginning, if somebody asks us every 100 ms. */
async function askedAt({ world, watch }: ReturnType<typeof setUp>, duration: number) {
  const began = world.at;
  const moments: number[] = [];
  for (; world.at <= began + duration; world.at += 100) {
    const before = world.lists;
    await watch.list();
    if (world.lists > before) moments.push(world.at - began);
  }
  return moments;
}

it("asks every 30 s when nothing changes, however many ask us", async () => {
  expect(await askedAt(setUp(summary("a", "InService")), 65_000)).toEqual([0, 30_000, 60_000]);
});

it("asks every 2 s while something changes, then ever less often, down to every 15 s", async () => {
  const moments = await askedAt(setUp(summary("a", "Updating"), summary("b", "InService")), 600_000);
  const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
  expect(gaps[0]).toBe(2_000);
  expect(Math.max(...gaps)).toBe(15_000);
  expect(gaps.toSorted((left, right) => left - right)).toEqual(gaps);
});

it("keeps what it saw of each endpoint", async () => {
  const { world, watch } = setUp(summary("a", "Creating"));
  await watch.list();
  world.at = 200_000;
  world.endpoints = [summary("a", "InService")];
  await watch.list();
  await watch.list();
  expect(watch.history("a").map(({ status, at }) => [status, at])).toEqual([
    ["Creating", 1_000],
    ["InService", 200_000],
  ]);
  expect(watch.history("unheard")).toEqual([]);
});

it("learns from a look at one endpoint too, and shares that look", async () => {
  const { world, watch } = setUp(summary("a", "Creating"));
  await Promise.all([watch.describe("a"), watch.describe("a")]);
  expect(world.details).toBe(1);
  expect(watch.history("a")).toHaveLength(1);
});

it("shows a write of ours at the next look", async () => {
  const { world, watch } = setUp(summary("a", "InService"));
  await watch.list();
  world.endpoints = [];
  watch.invalidate();
  expect(await watch.list()).toMatchObject({ value: { value: [] } });
});

it("calls an endpoint gone that it has seen before", async () => {
  const { world, watch } = setUp(summary("a", "InService"));
  await watch.describe("a");
  world.endpoints = [];
  watch.invalidate();
  expect(await watch.describe("a")).toMatchObject({ ok: false, failure: { code: "not-found" } });
});
