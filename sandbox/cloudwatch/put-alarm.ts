import { ACCOUNT, partitionOf } from "../control/arns.ts";
import type { Scope } from "../control/scope.ts";
import { type JsonObject, numberAt, objectsAt, stringAt } from "../json.ts";
import { startOf } from "../telemetry/metric-cells.ts";
import { isStatistic } from "../telemetry/stats.ts";
import type { AlarmRecord } from "./alarm-records.ts";
import { alarmRule, comparisonNamed, isMissingData } from "./alarm-rule.ts";
import { evaluateQueries } from "./evaluate-queries.ts";
import { checkPeriod } from "./read-periods.ts";
import { invalidCombination, invalidValue, notEmulated } from "./refusals.ts";
import { alarmHistoryWrite } from "./remember-history.ts";

const DAY = 86_400;

/** Creates an alarm, or changes one and keeps its state. */
export function putMetricAlarm(scope: Scope, input: JsonObject): undefined {
  checkAlarm(scope, input);
  const { Tags: _tags, ...kept } = input;
  const name = stringAt(input, "AlarmName") ?? "";
  const there = scope.store.get("alarms", scope.region, name);
  const now = scope.clock.now();
  const record: AlarmRecord = {
    name,
    arn: `arn:${partitionOf(scope.region)}:cloudwatch:${scope.region}:${ACCOUNT}:alarm:${name}`,
    input: kept,
    createdAt: there?.createdAt ?? now,
    configuredAt: now,
    isEnabled: input.ActionsEnabled !== false,
    state: there?.state ?? {
      value: "INSUFFICIENT_DATA",
      reason: "Unchecked: Initial alarm creation",
      updatedAt: now,
      transitionedAt: now,
    },
    // The period under way is the first that counts.
    evaluatedTo: startOf(now, alarmRule(kept).seconds),
  };
  const summary = `Alarm "${name}" ${there === undefined ? "created" : "updated"}`;
  const item = {
    at: now,
    type: "ConfigurationUpdate" as const,
    summary,
    details: { type: "Update", ...kept },
  };
  scope.store.commit([
    { table: "alarms", region: scope.region, key: name, value: record },
    alarmHistoryWrite(scope, name, [item]),
  ]);
}

function checkAlarm(scope: Scope, input: JsonObject): void {
  const notTaken = ["EvaluationCriteria", "EvaluationInterval", "ThresholdMetricId"].filter(
    (member) => input[member] !== undefined,
  );
  if (notTaken.length > 0) throw notEmulated(notTaken.join(", "));
  for (const member of ["ComparisonOperator", "EvaluationPeriods", "Threshold"]) {
    if (input[member] === undefined) throw invalidValue(`The parameter ${member} is required.`);
  }
  const comparison = stringAt(input, "ComparisonOperator") ?? "";
  if (comparisonNamed(comparison) === undefined) throw notEmulated(`ComparisonOperator ${comparison}`);
  const missing = stringAt(input, "TreatMissingData");
  if (missing !== undefined && !isMissingData(missing)) {
    throw invalidValue(
      `The value ${missing} for parameter TreatMissingData is not supported: use breaching, notBreaching, ignore or missing.`,
    );
  }
  if (input.EvaluateLowSampleCountPercentile !== undefined)
    throw notEmulated("EvaluateLowSampleCountPercentile");
  checkWatched(scope, input);
  checkLengths(input);
}

function checkWatched(scope: Scope, input: JsonObject): void {
  const single = [
    "MetricName",
    "Namespace",
    "Period",
    "Statistic",
    "ExtendedStatistic",
    "Dimensions",
    "Unit",
  ];
  if (input.Metrics !== undefined) {
    const given = single.filter((member) => input[member] !== undefined);
    if (given.length > 0) {
      throw invalidCombination(
        `The parameters Metrics and ${given.join(", ")} must not be specified together.`,
      );
    }
    const returning = objectsAt(input, "Metrics").filter((query) => query.ReturnData !== false);
    if (returning.length !== 1) {
      throw invalidValue("Exactly one element of the metrics list should return data.");
    }
    // Computed once over nothing, so that a mistake in an expression shows now and not at the first period.
    evaluateQueries(scope, objectsAt(input, "Metrics"), { from: 0, to: 1 })(alarmRule(input).watched);
    return;
  }
  for (const member of ["MetricName", "Namespace", "Period"]) {
    if (input[member] === undefined) throw invalidValue(`The parameter ${member} is required.`);
  }
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    throw invalidCombination("Exactly one of Statistic and ExtendedStatistic must be specified.");
  }
  const extended = stringAt(input, "ExtendedStatistic");
  if (extended !== undefined && !isStatistic(extended)) {
    throw invalidValue(
      `The value ${extended} for parameter ExtendedStatistic is not supported: use a percentile such as p99.`,
    );
  }
  checkPeriod(numberAt(input, "Period") ?? 60, "Period");
}

function checkLengths(input: JsonObject): void {
  const { seconds, evaluationPeriods, datapointsToAlarm } = alarmRule(input);
  if (datapointsToAlarm > evaluationPeriods) {
    throw invalidValue("The parameter DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
  }
  const longest = seconds >= 3600 ? 7 * DAY : DAY;
  if (seconds * evaluationPeriods > longest) {
    throw invalidValue(
      `Metrics cannot be checked across more than ${longest / DAY === 1 ? "a day" : "seven days"} (EvaluationPeriods * Period must be <= ${longest}).`,
    );
  }
}
