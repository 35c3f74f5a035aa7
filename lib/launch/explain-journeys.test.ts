import { expect, test } from "vitest";
import { explainJourneys } from "./explain-journeys.ts";

const passed = {
  title: "a newcomer",
  file: "a.spec.ts",
  line: 1,
  tests: [{ status: "expected", results: [{}] }],
};
const results = [{ errors: [{ message: "\u001b[31mexpected 1\u001b[39m\nreceived 2" }] }];
const failed = { title: "an expert", file: "a.spec.ts", line: 9, tests: [{ status: "unexpected", results }] };

test("names the journeys that failed, also those of inner groups, without the terminal's colours", () => {
  const report = { suites: [{ specs: [passed], suites: [{ specs: [failed] }] }] };
  expect(explainJourneys(report)).toBe("✗ a.spec.ts:9 an expert\n    expected 1\n    received 2");
});

test("tells what kept the journeys from starting", () => {
  expect(explainJourneys({ errors: [{ message: "The port is taken." }], suites: [] })).toBe(
    "    The port is taken.",
  );
});

test("says nothing where all passed, or where there is no report", () => {
  expect(explainJourneys({ suites: [{ specs: [passed] }] })).toBe("");
  expect(explainJourneys(undefined)).toBe("");
});
