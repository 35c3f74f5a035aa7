import type { JsonService, Operation } from "../services/json-rpc.ts";
import document from "../shapes/cloudwatch.json" with { type: "json" };
import { readShapes } from "../shapes/shapes.ts";
import { putMetricData } from "./accept-metrics.ts";
import { describeAlarmHistory } from "./alarm-history.ts";
import { deleteAlarms, disableAlarmActions, enableAlarmActions, setAlarmState } from "./change-alarms.ts";
import { describeAlarms, describeAlarmsForMetric } from "./describe-alarms.ts";
import { getMetricStatistics } from "./get-metric-statistics.ts";
import { listMetrics } from "./list-metrics.ts";
import { putMetricAlarm } from "./put-alarm.ts";
import { getMetricData } from "./query-metrics.ts";

/** CloudWatch: metrics and alarms. */
export const CLOUDWATCH: JsonService = {
  prefix: "GraniteServiceVersion20100801",
  contentType: "application/x-amz-json-1.0",
  shapes: readShapes(document),
  operations: new Map<string, Operation>([
    ["GetMetricData", getMetricData],
    ["GetMetricStatistics", getMetricStatistics],
    ["ListMetrics", listMetrics],
    ["PutMetricData", putMetricData],
    ["PutMetricAlarm", putMetricAlarm],
    ["DescribeAlarms", describeAlarms],
    ["DescribeAlarmsForMetric", describeAlarmsForMetric],
    ["DescribeAlarmHistory", describeAlarmHistory],
    ["DeleteAlarms", deleteAlarms],
    ["SetAlarmState", setAlarmState],
    ["EnableAlarmActions", enableAlarmActions],
    ["DisableAlarmActions", disableAlarmActions],
  ]),
};
