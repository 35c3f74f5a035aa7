import type { AlarmValue } from "./alarm-records.ts";

export type MissingData = "missing" | "ignore" | "breaching" | "notBreaching";

export type Rule = {
  /** Periods looked at, N. */
  readonly evaluationPeriods: number;
  /** Breaching ones that ring, M. */
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
};

/** CloudWatch looks further back than N where data are missing; how far is not published, its examples show two. */
export const EXTRA_PERIODS = 2;

/** What the judgement rests on: the periods used, oldest first, and how many were filled in. */
export type Judgement = {
  readonly value: AlarmValue;
  readonly used: readonly boolean[];
  readonly filled: number;
};

/**
 * The state of an alarm from its last periods, oldest first: breaching, not breaching, or undefined without data.
 * Follows "Configuring how CloudWatch alarms treat missing data" and its tables of examples.
 */
export function judgePeriods(
  periods: readonly (boolean | undefined)[],
  { evaluationPeriods, datapointsToAlarm, missing }: Rule,
  current: AlarmValue,
): Judgement {
  const real = periods.filter((period) => period !== undefined);
  if (real.length === 0) return { value: withoutData(missing, current), used: [], filled: evaluationPeriods };
  // With enough real ones, also from further back, the setting for missing data is not needed.
  const used = real.slice(-evaluationPeriods);
  const filled = evaluationPeriods - used.length;
  const breaching = used.filter((period) => period).length + (missing === "breaching" ? filled : 0);
  if (breaching >= datapointsToAlarm) return { value: "ALARM", used, filled };
  // Only breaching ones, and too few: with the gaps left open nothing speaks for OK.
  const isOneSided = filled > 0 && used.every((period) => period);
  if (isOneSided && missing === "missing") return { value: "ALARM", used, filled };
  if (isOneSided && missing === "ignore") return { value: current, used, filled };
  return { value: "OK", used, filled };
}

function withoutData(missing: MissingData, current: AlarmValue): AlarmValue {
  switch (missing) {
    case "missing":
      return "INSUFFICIENT_DATA";
    case "ignore":
      return current;
    case "breaching":
      return "ALARM";
    case "notBreaching":
      return "OK";
  }
}
