import {
  ApplicationAutoScalingClient,
  DescribeScalingActivitiesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { DescribeEndpointCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

const DEMO = "sagescope-demo";
const TARGET = {
  ServiceNamespace: "sagemaker" as const,
  ResourceId: `endpoint/${DEMO}/variant/AllTraffic`,
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount" as const,
};

test("an endpoint that is asked more than its target gets more instances, and says why", async () => {
  const sandbox = await startTestSandbox();
  const account = {
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  };
  const sagemaker = new SageMakerClient(account);
  const scaling = new ApplicationAutoScalingClient(account);
  const runtime = new SageMakerRuntimeClient(account);
  try {
    const script = { tokens: [{ id: 1, text: "x", logProb: -1 }], finish: "eos" };
    await sandbox.control("script", { endpoint: DEMO, times: 1_000, script });
    await scaling.send(new RegisterScalableTargetCommand({ ...TARGET, MinCapacity: 1, MaxCapacity: 3 }));
    await scaling.send(
      new PutScalingPolicyCommand({
        ...TARGET,
        PolicyName: "by-load",
        PolicyType: "TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 2,
          PredefinedMetricSpecification: {
            PredefinedMetricType: "SageMakerVariantInvocationsPerInstance",
          },
        },
      }),
    );
    // Ten requests a minute for five minutes, where two an instance are wanted.
    for (let minute = 0; minute < 5; minute += 1) {
      for (let call = 0; call < 10; call += 1) {
        await runtime.send(new InvokeEndpointCommand({ EndpointName: DEMO, Body: '{"inputs":"x"}' }));
      }
      await sandbox.control("clock", { advance: "1m" });
    }
    const { ScalingActivities: activities } = await scaling.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: "sagemaker", ResourceId: TARGET.ResourceId }),
    );
    expect(activities?.[0]?.Description).toBe("Setting desired instance count to 3.");
    await sandbox.control("clock", { advance: "10m" });
    const endpoint = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: DEMO }));
    expect(endpoint.ProductionVariants?.[0]?.CurrentInstanceCount).toBe(3);
  } finally {
    await sandbox.close();
  }
});
