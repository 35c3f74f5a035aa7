import { describe, expect, test } from "vitest";
import { parseSchedule } from "./schedule.ts";
import { stepCapacity } from "./steps.ts";

/** The moments in a span at which a schedule fires, minute by minute. */
function firings(text: string, from: string, hours: number, timezone = "UTC"): string[] {
  const schedule = parseSchedule(text, timezone, Date.parse(from));
  const start = Date.parse(from);
  return Array.from({ length: hours * 60 }, (_, minute) => start + minute * 60_000)
    .filter((at) => schedule?.(at))
    .map((at) => new Date(at).toISOString().slice(0, 16));
}

describe("schedules", () => {
  test.each([
    ["cron(0 8 * * ? *)", ["2026-01-31T08:00", "2026-02-01T08:00"]],
    ["cron(15/20 23 L * ? *)", ["2026-01-31T23:15", "2026-01-31T23:35", "2026-01-31T23:55"]],
    ["cron(0 0 ? * SUN#1 *)", ["2026-02-01T00:00"]],
    ["cron(0 12 ? JAN SAT,SUN 2026)", ["2026-01-31T12:00"]],
    [
      "cron(0 22-1 ? * * *)",
      [
        "2026-01-31T00:00",
        "2026-01-31T01:00",
        "2026-01-31T22:00",
        "2026-01-31T23:00",
        "2026-02-01T00:00",
        "2026-02-01T01:00",
        "2026-02-01T22:00",
        "2026-02-01T23:00",
      ],
    ],
    ["cron(0 6 31W * ? *)", []],
    ["cron(0 6 ? * 6L *)", []],
    ["rate(18 hours)", ["2026-01-31T00:00", "2026-01-31T18:00", "2026-02-01T12:00"]],
    ["at(2026-02-01T05:06:59)", ["2026-02-01T05:06"]],
  ])("%s", (text, expected) => {
    expect(firings(text, "2026-01-31T00:00:00Z", 48)).toEqual(expected);
  });

  test("keep to the wall of their time zone when its clocks change", () => {
    expect(firings("cron(0 9 * * ? *)", "2026-03-28T00:00:00Z", 48, "Europe/Berlin")).toEqual([
      "2026-03-28T08:00",
      "2026-03-29T07:00",
    ]);
  });

  test.each([
    "cron(0 8 * * * *)",
    "cron(0 8 * * ?)",
    "cron(60 8 * * ? *)",
    "cron(0 8 ? * FRUIT *)",
    "rate(1 hours)",
    "rate(2 hour)",
    "at(tomorrow)",
    "daily",
  ])("%s is none", (text) => {
    expect(parseSchedule(text, "UTC", 0)).toBeUndefined();
    expect(parseSchedule("rate(1 hour)", "Mars/Olympus", 0)).toBeUndefined();
  });
});

describe("percentages of steps", () => {
  function percent(ScalingAdjustment: number, capacity: number, MinAdjustmentMagnitude?: number) {
    const StepAdjustments = [{ ScalingAdjustment }];
    const configuration = { AdjustmentType: "PercentChangeInCapacity", StepAdjustments };
    const least = MinAdjustmentMagnitude === undefined ? {} : { MinAdjustmentMagnitude };
    return stepCapacity({ ...configuration, ...least }, capacity, 0);
  }

  test.each([
    [25, 10, undefined, 12],
    [12.7, 10, undefined, 11],
    [5, 10, undefined, 11],
    [-5, 10, undefined, 9],
    [-67, 10, undefined, 4],
    [25, 4, 2, 6],
  ])("%d %% of %i, at least %s, makes %i", (by, capacity, least, expected) => {
    expect(percent(by, capacity, least)).toBe(expected);
  });
});
