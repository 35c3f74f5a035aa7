import { expect, test } from "vitest";
import { countsOf, readPlaywrightReport, readVitestReport, renderCounts, sumCounts } from "./tally.ts";

const VITEST = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

test("a file that breaks while loading counts as failed", () => {
  const testResults = [
    { status: "passed", assertionResults: [{}, {}] },
    { status: "failed", assertionResults: [{}] },
    { status: "failed", assertionResults: [] },
  ];
  expect(readVitestReport({ ...VITEST, testResults })).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

test("a journey that passed at a second try has failed", () => {
  const stats = { expected: 8, unexpected: 1, flaky: 1, skipped: 2 };
  expect(readPlaywrightReport({ stats })).toEqual({ passed: 8, failed: 2, skipped: 2 });
});

test("what is no report is not read as one", () => {
  expect(readVitestReport({})).toBeUndefined();
  expect(readPlaywrightReport(null)).toBeUndefined();
});

test("a step without a report counts as one", () => {
  expect(countsOf(true, undefined)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countsOf(false, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a runner that crashed after its report has failed", () => {
  expect(countsOf(false, { passed: 5, failed: 0, skipped: 0 })).toEqual({ passed: 5, failed: 1, skipped: 0 });
  expect(countsOf(false, { passed: 5, failed: 2, skipped: 0 })).toEqual({ passed: 5, failed: 2, skipped: 0 });
});

test("the last line is plain, and names skipped ones only when there are some", () => {
  const total = sumCounts([countsOf(true, undefined), { passed: 5, failed: 2, skipped: 0 }]);
  expect(renderCounts(total)).toBe("6 passed, 2 failed");
  expect(renderCounts({ ...total, skipped: 3 })).toBe("6 passed, 2 failed, 3 skipped");
});
