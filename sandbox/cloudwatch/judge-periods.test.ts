import { expect, test } from "vitest";
import type { AlarmValue } from "./alarm-records.ts";
import { judgePeriods, type MissingData } from "./judge-periods.ts";

const WAYS: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
const KEEPS = "INSUFFICIENT_DATA";

function read(periods: string): (boolean | undefined)[] {
  return periods.split(" ").map((period) => (period === "-" ? undefined : period === "X"));
}

// The tables of "How alarm state is evaluated when data is missing" in CloudWatch's guide: 0 is fine, X breaches,
// - is missing. The state before was INSUFFICIENT_DATA, so that keeping it shows.
test.each<[string, number, AlarmValue[]]>([
  ["0 - X - X", 3, ["OK", "OK", "OK", "OK"]],
  ["- - - - 0", 3, ["OK", "OK", "OK", "OK"]],
  ["- - - - -", 3, ["INSUFFICIENT_DATA", KEEPS, "ALARM", "OK"]],
  ["0 X X - X", 3, ["ALARM", "ALARM", "ALARM", "ALARM"]],
  ["- - X - -", 3, ["ALARM", KEEPS, "ALARM", "OK"]],
  ["0 - X - X", 2, ["ALARM", "ALARM", "ALARM", "ALARM"]],
  ["0 0 X 0 X", 2, ["ALARM", "ALARM", "ALARM", "ALARM"]],
  ["0 - X - -", 2, ["OK", "OK", "ALARM", "OK"]],
  ["- - - - 0", 2, ["OK", "OK", "ALARM", "OK"]],
  ["- - - - X", 2, ["ALARM", KEEPS, "ALARM", "OK"]],
])("%s with %i of 3", (periods, datapointsToAlarm, expected) => {
  const found = WAYS.map((missing) =>
    judgePeriods(read(periods), { evaluationPeriods: 3, datapointsToAlarm, missing }, KEEPS),
  );
  expect(found.map(({ value }) => value)).toEqual(expected);
});

test("only the last N periods count where none is missing", () => {
  const rule = { evaluationPeriods: 2, datapointsToAlarm: 1, missing: "missing" as const };
  expect(judgePeriods(read("X X 0 0"), rule, "ALARM").value).toBe("OK");
  expect(judgePeriods(read("0 0 X 0"), rule, "OK").value).toBe("ALARM");
});
