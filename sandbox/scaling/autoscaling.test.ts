import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  ListTagsForResourceCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startTestSandbox } from "../start-test-sandbox.ts";

const TARGET = {
  ServiceNamespace: "sagemaker",
  ResourceId: "endpoint/sagescope-demo/variant/AllTraffic",
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
} as const;
const TRACKING = {
  TargetValue: 5,
  PredefinedMetricSpecification: {
    PredefinedMetricType: "SageMakerVariantConcurrentRequestsPerModelHighResolution",
  },
} as const;

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
let client: ApplicationAutoScalingClient;

beforeEach(async () => {
  sandbox = await startTestSandbox();
  client = new ApplicationAutoScalingClient({
    region: "us-east-1",
    endpoint: sandbox.url,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
  });
});
afterEach(() => sandbox.close());

const register = (change: object = {}) =>
  client.send(new RegisterScalableTargetCommand({ ...TARGET, MinCapacity: 1, MaxCapacity: 4, ...change }));
const putPolicy = (PolicyName: string) =>
  client.send(
    new PutScalingPolicyCommand({
      ...TARGET,
      PolicyName,
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: TRACKING,
    }),
  );

test("a target, its policy and its schedule are put, described and gone with the target", async () => {
  const { ScalableTargetARN } = await register({ Tags: { team: "ml" } });
  await register({ MaxCapacity: 8 });
  const { ScalableTargets } = await client.send(
    new DescribeScalableTargetsCommand({ ServiceNamespace: "sagemaker" }),
  );
  expect(ScalableTargets).toEqual([
    expect.objectContaining({ ...TARGET, MinCapacity: 1, MaxCapacity: 8, ScalableTargetARN }),
  ]);
  const { PolicyARN, Alarms } = await putPolicy("p");
  expect(Alarms?.map((alarm) => alarm.AlarmName)).toEqual([
    expect.stringMatching(
      /^TargetTracking-endpoint\/sagescope-demo\/variant\/AllTraffic-AlarmHigh-[0-9a-f-]{36}$/,
    ),
    expect.stringMatching(/-AlarmLow-[0-9a-f-]{36}$/),
  ]);
  expect((await putPolicy("p")).PolicyARN).toBe(PolicyARN);
  const described = await client.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: "sagemaker" }));
  expect(described.ScalingPolicies).toEqual([
    expect.objectContaining({ PolicyARN, Alarms, TargetTrackingScalingPolicyConfiguration: TRACKING }),
  ]);
  const StartTime = new Date("2030-01-01T00:00:00Z");
  await client.send(
    new PutScheduledActionCommand({
      ...TARGET,
      ScheduledActionName: "night",
      Schedule: "cron(0 22 * * ? *)",
      StartTime,
      ScalableTargetAction: { MaxCapacity: 1 },
    }),
  );
  const actions = () => client.send(new DescribeScheduledActionsCommand({ ServiceNamespace: "sagemaker" }));
  expect((await actions()).ScheduledActions).toEqual([
    expect.objectContaining({ ScheduledActionName: "night", Timezone: "UTC", StartTime }),
  ]);
  await client.send(new DeregisterScalableTargetCommand(TARGET));
  expect((await actions()).ScheduledActions).toEqual([]);
  await expect(putPolicy("p")).rejects.toMatchObject({ name: "ObjectNotFoundException" });
});

test("policies are listed in pages, and a token of another list is refused", async () => {
  await register();
  for (const name of ["a", "b", "c"]) await putPolicy(name);
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeScalingPoliciesCommand({
        ServiceNamespace: "sagemaker",
        MaxResults: 1,
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    names.push(...(page.ScalingPolicies ?? []).map((policy) => policy.PolicyName));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(names.toSorted()).toEqual(["a", "b", "c"]);
  await expect(
    client.send(new DescribeScalingActivitiesCommand({ ServiceNamespace: "sagemaker", NextToken: "x" })),
  ).rejects.toMatchObject({ name: "InvalidNextTokenException" });
});

test("tags of a target are changed", async () => {
  const { ScalableTargetARN: ResourceARN } = await register({ Tags: { team: "ml" } });
  await client.send(new TagResourceCommand({ ResourceARN, Tags: { stage: "test" } }));
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ["team"] }));
  expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual({
    stage: "test",
  });
});

test("what AWS refuses is refused", async () => {
  await expect(register({ MinCapacity: 5 })).rejects.toMatchObject({ name: "ValidationException" });
  await expect(register({ ResourceId: "endpoint/nope/variant/v" })).rejects.toThrow(/not found/);
  await expect(register({ ServiceNamespace: "ecs" })).rejects.toThrow(/scales sagemaker alone/);
  await expect(register({ ResourceId: "service/x/y" })).rejects.toThrow(/Unsupported resource ID/);
  await register();
  const put = (change: object) =>
    client.send(new PutScalingPolicyCommand({ ...TARGET, PolicyName: "p", ...change }));
  await expect(put({ PolicyType: "PredictiveScaling" })).rejects.toThrow(/not supported/);
  await expect(
    put({
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 1,
        PredefinedMetricSpecification: {
          PredefinedMetricType: "SageMakerInferenceComponentInvocationsPerCopy",
        },
      },
    }),
  ).rejects.toThrow(/must fit the scalable dimension/);
  await expect(
    client.send(new DeleteScalingPolicyCommand({ ...TARGET, PolicyName: "p" })),
  ).rejects.toMatchObject({ name: "ObjectNotFoundException" });
});
