import { expect, it } from "vitest";
import { retryUntilVisible } from "./retry-until-visible.ts";

function setUp() {
  const world = { at: 0, tries: 0 };
  const patience = {
    now: () => world.at,
    sleep: async (ms: number) => {
      world.at += ms;
    },
  };
  return { world, patience };
}

function missing() {
  return Object.assign(new Error('Could not find endpoint configuration "arn:x/c"'), {
    name: "ValidationException",
  });
}

it("repeats until what was just made can be seen", async () => {
  const { world, patience } = setUp();
  const value = await retryUntilVisible(async () => {
    world.tries += 1;
    if (world.tries < 4) throw missing();
    return "seen";
  }, patience);
  expect(value).toBe("seen");
  expect(world.tries).toBe(4);
});

it("gives up within thirty seconds", async () => {
  const { world, patience } = setUp();
  await expect(retryUntilVisible(() => Promise.reject(missing()), patience)).rejects.toThrow(
    "Could not find",
  );
  expect(world.at).toBeGreaterThan(20_000);
  expect(world.at).toBeLessThanOrEqual(30_000);
});

it("does not repeat any other error", async () => {
  const { world, patience } = setUp();
  const attempt = async () => {
    world.tries += 1;
    throw new Error("else");
  };
  await expect(retryUntilVisible(attempt, patience)).rejects.toThrow("else");
  expect(world.tries).toBe(1);
});
