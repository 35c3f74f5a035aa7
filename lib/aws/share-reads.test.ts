import { describe, expect, it } from "vitest";
import { type Failure, fail, type Result, succeed } from "#lib/failure.ts";
import { shareReads } from "./share-reads.ts";

const THROTTLED: Failure = { code: "throttled", message: "too many" };
const BROKEN: Failure = { code: "unreachable", message: "gone" };

function setUp(answers: (Result<number> | Promise<Result<number>>)[]) {
  const world = { at: 0, reads: 0 };
  const reads = shareReads<number>({
    read: async () => {
      world.reads += 1;
      return (await answers.shift()) ?? succeed(world.reads);
    },
    freshFor: () => 1_000,
    now: () => world.at,
    random: () => 0,
  });
  return { world, reads };
}

describe("shared reads", () => {
  it("asks once for everyone who asks at the same time", async () => {
    const { world, reads } = setUp([]);
    const results = await Promise.all([reads.get(), reads.get(), reads.get()]);
    expect(world.reads).toBe(1);
    expect(results).toEqual([1, 2, 3].map(() => succeed({ value: 1, asOf: 0 })));
  });

  it("serves an answer while it is fresh, and asks again only when somebody asks", async () => {
    const { world, reads } = setUp([]);
    await reads.get();
    world.at = 999;
    await reads.get();
    expect(world.reads).toBe(1);
    world.at = 1_000_000;
    expect(world.reads).toBe(1);
    expect(await reads.get()).toEqual(succeed({ value: 2, asOf: 1_000_000 }));
  });

  it("serves the last answer with the failure, and pauses before it tries again", async () => {
    const { world, reads } = setUp([succeed(7), fail(BROKEN)]);
    await reads.get();
    world.at = 1_000;
    expect(await reads.get()).toEqual(succeed({ value: 7, asOf: 0, failure: BROKEN }));
    world.at = 5_999;
    await reads.get();
    expect(world.reads).toBe(2);
    world.at = 6_000;
    expect(await reads.get()).toEqual(succeed({ value: 3, asOf: 6_000 }));
  });

  it("fails where there never was an answer", async () => {
    const { reads } = setUp([fail(BROKEN)]);
    expect(await reads.get()).toEqual(fail(BROKEN));
  });

  it("backs off exponentially from throttling, even when told that its answer is old", async () => {
    const { world, reads } = setUp([fail(THROTTLED), fail(THROTTLED), fail(THROTTLED), succeed(1)]);
    const readAt: number[] = [];
    for (world.at = 0; world.at <= 10_000; world.at += 500) {
      const before = world.reads;
      reads.invalidate();
      await reads.get();
      if (world.reads > before) readAt.push(world.at);
    }
    // Half of 2 s, 4 s, 8 s: the jitter's lower end.
    expect(readAt.slice(0, 4)).toEqual([0, 1_000, 3_000, 7_000]);
  });

  it("reads again after a write, also when the read under way began before it", async () => {
    let answer = (_: Result<number>) => {};
    const slow = new Promise<Result<number>>((resolve) => {
      answer = resolve;
    });
    const { world, reads } = setUp([slow]);
    const before = reads.get();
    reads.invalidate();
    const after = reads.get();
    answer(succeed(100));
    expect(await before).toEqual(succeed({ value: 100, asOf: 0 }));
    expect(await after).toEqual(succeed({ value: 2, asOf: 0 }));
    expect(world.reads).toBe(2);
  });

  it("lets a bug through and can be asked again", async () => {
    const reads = shareReads<number>({
      read: () => Promise.reject(new TypeError("bug")),
      freshFor: () => 0,
      now: () => 0,
      random: () => 0,
    });
    await expect(reads.get()).rejects.toThrow("bug");
    await expect(reads.get()).rejects.toThrow("bug");
  });
});
