import { type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import type { MissingData, Rule } from "./judge-periods.ts";

const MISSING: readonly MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];

type Comparison =
  | "GreaterThanOrEqualToThreshold"
  | "GreaterThanThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold";

const COMPARISONS: Readonly<
  Record<Comparison, { words: string; breaches(value: number, limit: number): boolean }>
> = {
  GreaterThanOrEqualToThreshold: {
    words: "greater than or equal to",
    breaches: (value, limit) => value >= limit,
  },
  GreaterThanThreshold: { words: "greater than", breaches: (value, limit) => value > limit },
  LessThanThreshold: { words: "less than", breaches: (value, limit) => value < limit },
  LessThanOrEqualToThreshold: { words: "less than or equal to", breaches: (value, limit) => value <= limit },
};

/** An alarm's rule: what it watches, in the form of metric queries, and when it rings. */
export type AlarmRule = Rule & {
  readonly queries: readonly JsonObject[];
  /** The query whose values are compared. */
  readonly watched: string;
  readonly seconds: number;
  readonly threshold: number;
  readonly words: string;
  breaches(value: number): boolean;
};

/** The comparison with this name; undefined for the ones of anomaly detection. */
export function comparisonNamed(name: string) {
  return Object.entries(COMPARISONS).find(([known]) => known === name)?.[1];
}

/** Whether a text is a way to treat missing data. */
export function isMissingData(text: string): boolean {
  return MISSING.some((known) => known === text);
}

/** Reads the rule out of what PutMetricAlarm was given and has checked. */
export function alarmRule(input: JsonObject): AlarmRule {
  const evaluationPeriods = numberAt(input, "EvaluationPeriods") ?? 1;
  const threshold = numberAt(input, "Threshold") ?? 0;
  const comparison = comparisonNamed(stringAt(input, "ComparisonOperator") ?? "");
  const queries = queriesOf(input);
  const watched = queries.find((query) => query.ReturnData !== false) ?? {};
  return {
    queries,
    watched: stringAt(watched, "Id") ?? "",
    seconds: Math.max(...queries.map(periodOf)),
    evaluationPeriods,
    datapointsToAlarm: numberAt(input, "DatapointsToAlarm") ?? evaluationPeriods,
    missing: MISSING.find((known) => known === input.TreatMissingData) ?? "missing",
    threshold,
    words: comparison?.words ?? "",
    breaches: (value) => comparison?.breaches(value, threshold) ?? false,
  };
}

function queriesOf(input: JsonObject): JsonObject[] {
  if (input.Metrics !== undefined) return objectsAt(input, "Metrics");
  const unit = stringAt(input, "Unit");
  const Metric = {
    Namespace: stringAt(input, "Namespace") ?? "",
    MetricName: stringAt(input, "MetricName") ?? "",
    Dimensions: objectsAt(input, "Dimensions"),
  };
  const Stat = stringAt(input, "Statistic") ?? stringAt(input, "ExtendedStatistic") ?? "";
  const Period = numberAt(input, "Period") ?? 60;
  return [{ Id: "m1", MetricStat: { Metric, Period, Stat, ...(unit === undefined ? {} : { Unit: unit }) } }];
}

function periodOf(query: JsonObject): number {
  const stat = query.MetricStat;
  const ofStat = typeof stat === "object" && stat !== null && "Period" in stat ? Number(stat.Period) : 0;
  return Math.max(ofStat, numberAt(query, "Period") ?? 0, 1);
}
