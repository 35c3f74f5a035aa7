import { z } from "zod";

/** How many checks of a step passed, failed and were left out. */
export type Counts = { passed: number; failed: number; skipped: number };

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** A report of Vitest's JSON reporter; undefined when it is none. */
export function readVitestReport(report: unknown): Counts | undefined {
  const parsed = vitestSchema.safeParse(report);
  if (!parsed.success) return undefined;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  // A file that breaks while loading has no test to fail; without this it would vanish from the count.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}

/** A report of Playwright's JSON reporter; undefined when it is none. */
export function readPlaywrightReport(report: unknown): Counts | undefined {
  const parsed = playwrightSchema.safeParse(report);
  if (!parsed.success) return undefined;
  const { expected, unexpected, flaky, skipped } = parsed.data.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** A runner's counts, set right by how it ended: one that crashed has failed, whatever it had counted by then. */
export function countsOf(ok: boolean, reported: Counts | undefined): Counts {
  if (reported === undefined) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  if (!ok && reported.failed === 0) return { ...reported, failed: 1 };
  return reported;
}

/** All counts in one. */
export function sumCounts(counts: Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** The line a run ends with. */
export function renderCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
