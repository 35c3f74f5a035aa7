import { expect, test } from "vitest";
import { createClock } from "../clock.ts";
import { phaseAt, planCreation, planDeletion } from "./timeline.ts";

const START = 1_000_000;

function planAt(scale: number, seed = 1) {
  return planCreation(
    createClock(scale, () => START),
    seed,
    "e1",
    { ends: "in-service" },
  );
}

test("a creation takes about five minutes of a real account, a sixtieth of it at the default scale", () => {
  const real = planAt(1).at(-1);
  expect(real?.status).toBe("InService");
  expect((real?.at ?? 0) - START).toBeGreaterThan(270_000);
  expect((real?.at ?? 0) - START).toBeLessThan(330_000);
  expect(((planAt(60).at(-1)?.at ?? 0) - START) * 60).toBeCloseTo((real?.at ?? 0) - START, 3);
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

test("a failure cuts the creation off", () => {
  const clock = createClock(1, () => START);
  const phases = planCreation(clock, 1, "e1", { ends: "failed", afterSeconds: 60 });
  expect(phases.map((phase) => phase.status)).toEqual(["Creating", "Failed"]);
});

test("a deletion replaces what had not begun", () => {
  let now = START;
  const clock = createClock(1, () => now);
  const phases = planCreation(clock, 1, "e1", { ends: "failed", afterSeconds: 60 });
  now += 70_000;
  const after = planDeletion(clock, phases);
  expect(after.map((phase) => phase.status)).toEqual(["Creating", "Failed", "Deleting", "Gone"]);
  expect(phaseAt(after, now + 29_999).status).toBe("Deleting");
  expect(phaseAt(after, now + 30_000).status).toBe("Gone");
});
