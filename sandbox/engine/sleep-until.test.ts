import { expect, test } from "vitest";
import { sleepUntil } from "./sleep-until.ts";

test("everybody wakes in order, at most a little too early, and nobody who called it off", async () => {
  const start = performance.now();
  const delays = [60, 5, 30, 31, 5, 0, 90];
  const woken: [number, number][] = [];
  const called = delays.map((delay, index) =>
    sleepUntil(start + delay, () => woken.push([index, performance.now() - start])),
  );
  called[3]?.();
  await new Promise<void>((resolve) => sleepUntil(start + 120, resolve));
  expect(woken.map(([index]) => index)).toEqual([5, 1, 4, 2, 0, 6]);
  for (const [index, at] of woken) expect(at).toBeGreaterThanOrEqual((delays[index] ?? 0) - 2);
});
