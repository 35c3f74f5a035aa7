import { InvokeEndpointCommand } from "@aws-sdk/client-sagemaker-runtime";
import { expect, onTestFinished, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";
import { openTestAccount } from "../test-account.ts";

const DEMO = "sagescope-demo";
const BUSY = {
  AlarmName: "busy",
  Namespace: "AWS/SageMaker",
  MetricName: "Invocations",
  Dimensions: [
    { Name: "EndpointName", Value: DEMO },
    { Name: "VariantName", Value: "AllTraffic" },
  ],
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 2,
  ComparisonOperator: "GreaterThanThreshold",
};

async function open() {
  const sandbox = await startTestSandbox();
  onTestFinished(() => sandbox.close());
  const account = openTestAccount(sandbox.url);
  const tokens = [{ id: 1, text: "x", logProb: -1 }];
  await sandbox.control("script", { endpoint: DEMO, times: 100, script: { tokens, finish: "eos" } });
  return {
    ...account,
    /** Invokes so often within a minute, and lets the next one begin. */
    async minuteWith(invocations: number) {
      for (let call = 0; call < invocations; call += 1) {
        await account.runtime.send(new InvokeEndpointCommand({ EndpointName: DEMO, Body: '{"inputs":"x"}' }));
      }
      await sandbox.control("clock", { advance: "1m" });
    },
    alarms: (names: object = {}) => account.callCloudWatch("DescribeAlarms", names),
  };
}

test("an alarm follows what was invoked, says why, and remembers it", async () => {
  const { callCloudWatch, alarms, minuteWith } = await open();
  await callCloudWatch("PutMetricAlarm", BUSY);
  const unknown = { AlarmName: "busy", StateValue: "INSUFFICIENT_DATA" };
  expect(await alarms()).toMatchObject({ MetricAlarms: [unknown] });
  await minuteWith(3);
  const reason = expect.stringMatching(/^Threshold Crossed: 1 out of the last 1 datapoint \[3/);
  expect(await alarms()).toMatchObject({ MetricAlarms: [{ StateValue: "ALARM", StateReason: reason }] });
  await minuteWith(1);
  expect(await alarms({ StateValue: "OK" })).toMatchObject({ MetricAlarms: [{ AlarmName: "busy" }] });
  expect(await alarms({ StateValue: "ALARM" })).toMatchObject({ MetricAlarms: [] });
  const history = { AlarmName: "busy", HistoryItemType: "StateUpdate", ScanBy: "TimestampAscending" };
  expect(await callCloudWatch("DescribeAlarmHistory", history)).toMatchObject({
    AlarmHistoryItems: [
      { HistorySummary: "Alarm updated from INSUFFICIENT_DATA to ALARM" },
      { HistorySummary: "Alarm updated from ALARM to OK" },
    ],
  });
});

test("an alarm that is deleted is gone, and one that is none cannot be", async () => {
  const { callCloudWatch, alarms } = await open();
  await callCloudWatch("PutMetricAlarm", BUSY);
  await callCloudWatch("DeleteAlarms", { AlarmNames: ["busy"] });
  expect(await alarms()).toMatchObject({ MetricAlarms: [] });
  expect(await callCloudWatch("PutMetricAlarm", { ...BUSY, EvaluationPeriods: 0 })).toMatchObject({
    __type: "ValidationException",
  });
  expect(await alarms()).toMatchObject({ MetricAlarms: [] });
});
