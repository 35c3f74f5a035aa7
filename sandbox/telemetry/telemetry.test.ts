import { appendFileSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isStatistic, mergeStats, type Stats, statistic, statsOf } from "./stats.ts";
import { openTelemetry } from "./telemetry.ts";

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const SERIES = {
  region: "us-east-1",
  namespace: "N",
  name: "m",
  dimensions: [["a", "b"]] as const,
};

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "telemetry-"));
}

function all(values: readonly number[]): Stats {
  return values.map((value) => statsOf(value)).reduce(mergeStats);
}

test("statistics equal those computed from the values themselves", () => {
  const values = Array.from({ length: 1000 }, (_, index) => ((index * 7919) % 1000) + 0.5);
  const stats = all(values);
  const sorted = values.toSorted((left, right) => left - right);
  expect(statistic(stats, "Sum")).toBeCloseTo(
    values.reduce((sum, value) => sum + value, 0),
    6,
  );
  expect(statistic(stats, "SampleCount")).toBe(1000);
  expect(statistic(stats, "Average")).toBeCloseTo(500, 6);
  expect([statistic(stats, "Minimum"), statistic(stats, "Maximum")]).toEqual([0.5, 999.5]);
  for (const percent of [1, 50, 90, 99, 99.9]) {
    const exact = sorted[Math.ceil(percent * 10) - 1] ?? 0;
    const found = statistic(stats, `p${percent}`) ?? 0;
    expect(Math.abs(found - exact) / exact, `p${percent}`).toBeLessThan(0.005);
  }
  expect(statistic(stats, "p100")).toBe(999.5);
});

test("a period that only knows sums has no percentiles", () => {
  const merged = mergeStats(statsOf(1), { sum: 4, count: 2, min: 1, max: 3, values: null });
  expect(statistic(merged, "p50")).toBeUndefined();
  expect(statistic(merged, "Sum")).toBe(5);
});

test.each([
  ["p99.9", true],
  ["SampleCount", true],
  ["p101", false],
  ["tm90", false],
  ["sum", false],
])("%s: a statistic it computes: %s", (name, known) => {
  expect(isStatistic(name)).toBe(known);
});

test("comes back after a restart, whole, with periods merged", () => {
  const folder = newFolder();
  const first = openTelemetry(folder, false, () => NOW);
  first.metrics.add(SERIES, "None", 60, NOW, statsOf(1));
  first.close();
  const second = openTelemetry(folder, false, () => NOW);
  second.metrics.add(SERIES, "None", 60, NOW + 1, statsOf(3));
  second.lines.add({ region: "us-east-1", group: "g", stream: "s", at: 5, ingestedAt: 6, message: "one" });
  second.close();
  // As a kill leaves it: half a line at the end.
  appendFileSync(join(folder, "metrics.jsonl"), '{"r":"us-east-1","n":"N"');
  appendFileSync(join(folder, "log-lines.jsonl"), '{"id":2,"region":"us-east-1"');
  const third = openTelemetry(folder, false, () => NOW);
  third.metrics.add(SERIES, "None", 60, NOW + 2, statsOf(5));
  expect(third.metrics.read(SERIES, 0, NOW + DAY)?.cells).toMatchObject([
    { stats: { sum: 9, count: 3, min: 1, max: 5 } },
  ]);
  expect(third.lines.read("us-east-1", () => true)).toMatchObject([{ id: 1, message: "one", at: 5 }]);
  third.close();
  expect(readFileSync(join(folder, "metrics.jsonl"), "utf8")).toMatch(/\}\n$/);
});

test("writes what it was given within half a second, without being closed", async () => {
  const folder = newFolder();
  const telemetry = openTelemetry(folder, false, () => NOW);
  telemetry.metrics.add(SERIES, "None", 60, NOW, statsOf(1));
  expect(statSync(join(folder, "metrics.jsonl")).size).toBe(0);
  await expect.poll(() => statSync(join(folder, "metrics.jsonl")).size, { timeout: 1000 }).toBeGreaterThan(0);
  telemetry.close();
});

test("keeps old periods coarser, as CloudWatch does, and forgets the oldest", () => {
  const folder = newFolder();
  const first = openTelemetry(folder, false, () => NOW);
  const ages = [0, 4 * 3_600_000, 16 * DAY, 64 * DAY, 456 * DAY];
  for (const age of ages) first.metrics.add(SERIES, "None", 10, NOW - age, statsOf(2));
  first.close();
  const second = openTelemetry(folder, false, () => NOW);
  const cells = second.metrics.read(SERIES, 0, NOW + DAY)?.cells ?? [];
  expect(cells.map((cell) => cell.seconds)).toEqual([3600, 300, 60, 10]);
  expect(cells.every((cell) => cell.start % (cell.seconds * 1000) === 0)).toBe(true);
  second.close();
});

test("stays bounded on the disk under a long load", () => {
  const folder = newFolder();
  const telemetry = openTelemetry(folder, false, () => NOW);
  for (let second = 0; second < 100_000; second += 1) {
    telemetry.metrics.add(SERIES, "None", 1, NOW - second * 1000, statsOf(1));
  }
  telemetry.close();
  const lines = readFileSync(join(folder, "metrics.jsonl"), "utf8").split("\n").length - 1;
  expect(lines).toBeLessThanOrEqual(60_000);
  // The newest are the ones that stay.
  const again = openTelemetry(folder, false, () => NOW);
  expect(again.metrics.read(SERIES, NOW - 1000, NOW + 1000)?.cells.length).toBe(2);
  again.close();
});
