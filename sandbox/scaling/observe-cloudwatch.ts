import { alarmRule } from "../cloudwatch/alarm-rule.ts";
import { currentAlarms } from "../cloudwatch/evaluate-alarm.ts";
import { evaluateQueries } from "../cloudwatch/evaluate-queries.ts";
import { mergeStats, type Stats, statistic } from "../telemetry/stats.ts";
import { MINUTE, type ScalingParts } from "./scaling-parts.ts";

/** The autoscaler's eyes: what CloudWatch holds of the region, and which of its alarms ring. */
export const CLOUDWATCH_EYES: Pick<ScalingParts, "metricAt" | "breachAt"> = {
  metricAt({ telemetry, region }, metric, minute) {
    const { namespace, name, dimensions } = metric;
    const named = Object.entries(dimensions).toSorted(([left], [right]) => (left < right ? -1 : 1));
    const series = { region, namespace, name, dimensions: named };
    const cells = telemetry.metrics.read(series, minute, minute + MINUTE)?.cells ?? [];
    const merged = cells.reduce<Stats | undefined>(
      (sum, { stats }) => (sum === undefined ? stats : mergeStats(sum, stats)),
      undefined,
    );
    return merged === undefined ? undefined : statistic(merged, metric.statistic);
  },
  breachAt(scope, policyArn, at) {
    const ringing = currentAlarms(scope).find(
      ({ state, input }) =>
        state.value === "ALARM" &&
        Array.isArray(input.AlarmActions) &&
        input.AlarmActions.includes(policyArn),
    );
    if (ringing === undefined) return undefined;
    const rule = alarmRule(ringing.input);
    const from = at - rule.evaluationPeriods * rule.seconds * 1000;
    const { points } = evaluateQueries(scope, rule.queries, { from, to: at })(rule.watched);
    const latest = [...points].toSorted(([left], [right]) => right - left)[0]?.[1];
    return latest === undefined ? undefined : latest - rule.threshold;
  },
};
