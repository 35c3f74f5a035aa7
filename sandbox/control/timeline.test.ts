import { expect, test } from "vitest";
import { createClock } from "../clock.ts";
import type { Fleet } from "../state/records.ts";
import { openTestScope } from "./open-test-scope.ts";
import { planCreation } from "./plan-creation.ts";
import { cutAfter, phaseAt, planDeletion, schedule } from "./timeline.ts";

const START = 1_000_000;
const IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130";

function fleet(environment: Record<string, string> = {}): Fleet {
  const variant = {
    name: "v1",
    modelName: "m1",
    weight: 1,
    count: 1,
    instanceType: "ml.g5.xlarge",
    image: IMAGE,
    environment,
    input: {},
  };
  return { configName: "c1", variants: [variant], shadows: [], config: {} };
}

function planAt(scale: number, seed = 1, environment: Record<string, string> = {}) {
  return planCreation(openTestScope({ scale, seed, start: START }).scope, "e1", fleet(environment));
}

test("a creation takes about five minutes of a real account, a sixtieth of it at the default scale", () => {
  const real = planAt(1).at(-1);
  expect(real?.status).toBe("InService");
  expect((real?.at ?? 0) - START).toBeGreaterThan(270_000);
  expect((real?.at ?? 0) - START).toBeLessThan(330_000);
  expect(((planAt(60).at(-1)?.at ?? 0) - START) * 60).toBeCloseTo((real?.at ?? 0) - START, 3);
});

test("weights of a size the model's name tells take their time", () => {
  const small = planAt(1, 1, { HF_MODEL_ID: "org/model-7B-instruct" }).at(-1)?.at ?? 0;
  const large = planAt(1, 1, { HF_MODEL_ID: "org/model-8x7B-instruct" }).at(-1)?.at ?? 0;
  // 49 billion more parameters of two bytes at 200 MB/s, a tenth to either side.
  expect((large - small) / 1000 / 490).toBeGreaterThan(0.9);
  expect((large - small) / 1000 / 490).toBeLessThan(1.1);
});

test("a slow start takes three times as long", () => {
  const usual = (planAt(1).at(-1)?.at ?? 0) - START;
  expect((planAt(1, 1, { LMI_SANDBOX_FAULT: "slow-start" }).at(-1)?.at ?? 0) - START).toBeCloseTo(
    3 * usual,
    3,
  );
});

test("the same seed plans the same life, another seed another", () => {
  expect(planAt(60, 5)).toEqual(planAt(60, 5));
  expect(planAt(60, 5)).not.toEqual(planAt(60, 6));
});

test("a moment belongs to the last phase that has begun", () => {
  const phases = planAt(1);
  expect(phaseAt(phases, START).message).toBe("Requesting compute capacity");
  expect(phaseAt(phases, START + 100_000).message).toBe("Pulling the container image");
  expect(phaseAt(phases, START + 1_000_000).status).toBe("InService");
  // A clock that was set back does not make the endpoint unborn.
  expect(phaseAt(phases, START - 1).status).toBe("Creating");
});

test("steps are cut off where the time is up, and the last one waits for a late end", () => {
  const step = (seconds: number) => ({ seconds, phase: { status: "Creating" as const, desired: 0 } });
  expect(cutAfter([step(10), step(20), step(30)], 25).map(({ seconds }) => seconds)).toEqual([10, 15]);
  expect(cutAfter([step(10), step(20)], 100).map(({ seconds }) => seconds)).toEqual([10, 90]);
});

test("a deletion replaces what had not begun", () => {
  let now = START;
  const clock = createClock(1, () => now);
  const phases = schedule(clock, [
    { seconds: 60, phase: { status: "Creating", desired: 0 } },
    { seconds: 0, phase: { status: "Failed", desired: 0, failureReason: "why" } },
  ]);
  now += 70_000;
  const after = planDeletion(clock, phases);
  expect(after.map((phase) => phase.status)).toEqual(["Creating", "Failed", "Deleting", "Gone"]);
  expect(phaseAt(after, now + 29_999)).toMatchObject({ status: "Deleting", failureReason: "why" });
  expect(phaseAt(after, now + 30_000).status).toBe("Gone");
});
