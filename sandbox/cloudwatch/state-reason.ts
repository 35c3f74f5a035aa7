import type { AlarmValue } from "./alarm-records.ts";
import type { AlarmRule } from "./alarm-rule.ts";
import type { Judgement } from "./judge-periods.ts";

/** Why an alarm changed its state, in CloudWatch's words; `used` are the values it rests on, oldest first. */
export function stateReason(
  rule: AlarmRule,
  judged: Judgement,
  used: readonly number[],
  before: AlarmValue,
): string {
  const { value, filled } = judged;
  if (value === "INSUFFICIENT_DATA") {
    return `Insufficient Data: ${count(rule.evaluationPeriods, "datapoint")} ${rule.evaluationPeriods === 1 ? "was" : "were"} unknown.`;
  }
  if (used.length === 0) {
    const treated = rule.missing === "breaching" ? "Breaching" : "NonBreaching";
    return `Threshold Crossed: no datapoints were received for ${count(filled, "period")} and ${count(filled, "missing datapoint")} ${filled === 1 ? "was" : "were"} treated as [${treated}].`;
  }
  const rings = value === "ALARM";
  const fitting = used.filter((each) => rule.breaches(each) === rings).length;
  // To leave ALARM it takes as many good ones as make M breaching ones impossible.
  const needed = rings ? rule.datapointsToAlarm : rule.evaluationPeriods - rule.datapointsToAlarm + 1;
  const verb = `${fitting === 1 ? "was" : "were"}${rings ? "" : " not"}`;
  return `Threshold Crossed: ${fitting} out of the last ${count(used.length, "datapoint")} [${used.join(", ")}] ${verb} ${rule.words} the threshold (${rule.threshold}) (minimum ${count(needed, "datapoint")} for ${before} -> ${value} transition).`;
}

/** The same as JSON, for programs. */
export function stateReasonData(rule: AlarmRule, used: readonly number[], at: number): string {
  return JSON.stringify({
    version: "1.0",
    queryDate: new Date(at).toISOString(),
    period: rule.seconds,
    recentDatapoints: used,
    threshold: rule.threshold,
  });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
