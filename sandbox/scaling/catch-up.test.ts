import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { AwsError } from "../aws-error.ts";
import { createClock } from "../clock.ts";
import { openTestScope } from "../control/open-test-scope.ts";
import type { Scope } from "../control/scope.ts";
import { isJsonObject, type JsonObject, objectsAt } from "../json.ts";
import { openJournal } from "../state/journal.ts";
import { createStore } from "../state/store.ts";
import { describeScalingActivities } from "./activities.ts";
import type { Capacities } from "./capacities.ts";
import { catchUpScaling } from "./catch-up.ts";
import { putScalingPolicy } from "./policies.ts";
import { putScheduledAction } from "./scheduled-actions.ts";
import { describeScalableTargets, hasScalableTarget, registerScalableTarget } from "./targets.ts";

const START = Date.parse("2026-03-02T08:00:00Z");
const MINUTE = 60_000;
const TARGET = {
  ServiceNamespace: "sagemaker",
  ResourceId: "endpoint/e1/variant/v1",
  ScalableDimension: "sagemaker:variant:DesiredInstanceCount",
};

let now: number;
let count: number;
let settled: boolean;
let refusal: AwsError | undefined;
/** The load of the whole endpoint in a minute, by the moment the minute begins. */
let load: (minute: number) => number | undefined;
let breach: (at: number) => number | undefined;
let scope: Scope;

const capacities: Capacities = {
  read: () => ({ desired: count, settled }),
  set: (_scope, _scaled, wanted) => {
    if (refusal !== undefined) throw refusal;
    count = wanted;
  },
};

beforeEach(() => {
  now = START;
  count = 2;
  settled = true;
  refusal = undefined;
  load = () => undefined;
  breach = () => undefined;
  const { journal, changes } = openJournal(mkdtempSync(join(tmpdir(), "scaling-")), false);
  const clock = createClock(60, () => now);
  scope = { ...openTestScope().scope, store: createStore(journal, changes), clock };
  register({ MinCapacity: 1, MaxCapacity: 6 });
});

function register(change: JsonObject): void {
  registerScalableTarget(capacities)(scope, { ...TARGET, ...change });
}

function track(configuration: JsonObject = {}): void {
  putScalingPolicy(scope, {
    ...TARGET,
    PolicyName: "track",
    PolicyType: "TargetTrackingScaling",
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 10,
      PredefinedMetricSpecification: { PredefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
      ...configuration,
    },
  });
}

/** Lets minutes pass and looks once, as a request after a pause would. */
function pass(minutes: number): number {
  now += minutes * MINUTE;
  catchUpScaling(scope, {
    capacities,
    metricAt: (_scope, metric, minute) => {
      expect(metric).toMatchObject({
        name: "InvocationsPerInstance",
        dimensions: { EndpointName: "e1", VariantName: "v1" },
      });
      const total = minute < START ? undefined : load(minute);
      return total === undefined ? undefined : total / count;
    },
    breachAt: (_scope, _arn, at) => breach(at),
  });
  return count;
}

function activities(input: JsonObject = {}): JsonObject[] {
  return objectsAt(
    describeScalingActivities(scope, { ServiceNamespace: "sagemaker", ...input }),
    "ScalingActivities",
  );
}

describe("target tracking", () => {
  test("scales out after three busy minutes, to what the load needs", () => {
    track();
    load = () => 45;
    expect(pass(2)).toBe(2);
    expect(pass(1)).toBe(5);
    expect(activities()).toEqual([
      expect.objectContaining({
        Description: "Setting desired instance count to 5.",
        StatusCode: "Successful",
        StartTime: (START + 3 * MINUTE) / 1000,
        Cause: expect.stringMatching(
          /^monitor alarm TargetTracking-endpoint\/e1\/variant\/v1-AlarmHigh-[0-9a-f-]{36} in state ALARM triggered policy track$/,
        ),
      }),
    ]);
  });

  test("does the same whether it is looked at each minute or once at the end", () => {
    track();
    load = (minute) => (minute < START + 30 * MINUTE ? 45 : 8);
    const step = Array.from({ length: 90 }, () => pass(1));
    const seen = activities();
    expect(Math.max(...step)).toBe(5);
    expect(step.at(-1)).toBe(1);
    // The same again, in one go.
    now = START;
    count = 2;
    const { journal, changes } = openJournal(mkdtempSync(join(tmpdir(), "scaling-")), false);
    scope = { ...scope, store: createStore(journal, changes) };
    register({ MinCapacity: 1, MaxCapacity: 6 });
    track();
    pass(90);
    const told = ({ Description, StartTime }: JsonObject) => [Description, StartTime];
    expect(activities().map(told)).toEqual(seen.map(told));
  });

  test("scales in only after fifteen quiet minutes, and not where that is disabled", () => {
    track();
    load = () => 9;
    expect(pass(14)).toBe(2);
    expect(pass(1)).toBe(1);
    count = 2;
    track({ DisableScaleIn: true });
    expect(pass(60)).toBe(2);
  });

  test("never acts on minutes without data", () => {
    track();
    load = (minute) => (minute % (2 * MINUTE) === 0 ? 100 : undefined);
    expect(pass(120)).toBe(2);
  });

  test("goes on scaling out within the cooldown only for more than is already coming", () => {
    track({ ScaleOutCooldown: 600 });
    load = () => 30;
    expect(pass(3)).toBe(3);
    // Each of three still sees 11: ceil(3 × 11 / 10) would be 4, but from 2 instances 11 asks for 3.
    load = () => 33;
    expect(pass(5)).toBe(3);
    load = () => 90;
    expect(pass(3)).toBe(6);
  });

  test("stays within the limits and says so on request", () => {
    track();
    load = () => 1000;
    expect(pass(30)).toBe(6);
    expect(activities()).toHaveLength(1);
    expect(activities({ IncludeNotScaledActivities: true })[0]).toMatchObject({
      StatusCode: "Unfulfilled",
      NotScaledReasons: [{ Code: "AlreadyAtMaxCapacity", MaxCapacity: 6, CurrentCapacity: 6 }],
    });
  });

  test("shows a quota that is used up as a failed activity, once in a cooldown", () => {
    track();
    load = () => 100;
    refusal = new AwsError(
      "ResourceLimitExceeded",
      "The account-level service limit 'ml.g5.xlarge for endpoint usage' is 2 Instances",
    );
    expect(pass(7)).toBe(2);
    expect(activities()).toHaveLength(1);
    expect(activities()[0]).toMatchObject({
      StatusCode: "Failed",
      StatusMessage: expect.stringMatching(
        /^Failed to set desired instance count to 6\. Reason: The account-level/,
      ),
    });
    refusal = undefined;
    expect(pass(2)).toBe(6);
  });

  test("waits for a resource on its way, and while it is suspended", () => {
    track();
    load = () => 100;
    settled = false;
    expect(pass(10)).toBe(2);
    settled = true;
    register({ SuspendedState: { DynamicScalingOutSuspended: true } });
    expect(pass(10)).toBe(2);
    register({ SuspendedState: { DynamicScalingOutSuspended: false } });
    expect(pass(1)).toBe(6);
  });

  test("takes the larger of two wishes out, and scales in only where all agree", () => {
    track();
    putScalingPolicy(scope, {
      ...TARGET,
      PolicyName: "second",
      PolicyType: "TargetTrackingScaling",
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 20,
        PredefinedMetricSpecification: { PredefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
      },
    });
    // 9.5 an instance: quiet for a target of 20, neither quiet nor busy for one of 10.
    load = () => 19;
    expect(pass(30)).toBe(2);
    load = () => 48;
    expect(pass(3)).toBe(5);
  });
});

describe("step scaling", () => {
  test("adds by how far the alarm is beyond its threshold, then rests", () => {
    putScalingPolicy(scope, {
      ...TARGET,
      PolicyName: "steps",
      StepScalingPolicyConfiguration: {
        AdjustmentType: "ChangeInCapacity",
        Cooldown: 180,
        StepAdjustments: [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
          { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
        ],
      },
    });
    breach = () => 3;
    expect(pass(1)).toBe(3);
    expect(pass(2)).toBe(3);
    breach = () => 10;
    expect(pass(1)).toBe(5);
  });

  test("wakes what was scaled to nothing", () => {
    count = 0;
    register({ MinCapacity: 0, MaxCapacity: 2 });
    putScalingPolicy(scope, {
      ...TARGET,
      PolicyName: "wake",
      PolicyType: "StepScaling",
      StepScalingPolicyConfiguration: {
        AdjustmentType: "ExactCapacity",
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
      },
    });
    breach = () => 0;
    expect(pass(1)).toBe(1);
  });
});

describe("scheduled actions", () => {
  function schedule(Schedule: string, action: JsonObject, Timezone = "UTC"): void {
    putScheduledAction(scope, {
      ...TARGET,
      ScheduledActionName: Schedule,
      Schedule,
      Timezone,
      ScalableTargetAction: action,
    });
  }

  test("move the limits, and the capacity with them, at their own moment", () => {
    schedule("cron(30 9 ? * MON-FRI *)", { MinCapacity: 4 }, "Europe/Berlin");
    expect(pass(29)).toBe(2);
    // 09:30 in Berlin is 08:30 UTC in winter.
    expect(pass(120)).toBe(4);
    expect(activities().map((activity) => [activity.Description, activity.StartTime])).toEqual([
      ["Setting min capacity to 4 and max capacity to 6", (START + 30 * MINUTE) / 1000],
      ["Setting desired instance count to 4.", (START + 30 * MINUTE) / 1000],
    ]);
    const [target] = objectsAt(
      describeScalableTargets(scope, { ServiceNamespace: "sagemaker" }),
      "ScalableTargets",
    );
    expect(isJsonObject(target) && target.MinCapacity).toBe(4);
  });

  test("lower the ceiling to nothing at night", () => {
    schedule("at(2026-03-02T22:00:00)", { MinCapacity: 0, MaxCapacity: 0 });
    expect(pass(14 * 60 - 1)).toBe(2);
    expect(pass(1)).toBe(0);
  });
});

test("a registered resource is found by its id alone", () => {
  expect(hasScalableTarget(scope, "endpoint/e1/variant/v1")).toBe(true);
  expect(hasScalableTarget(scope, "endpoint/e1/variant/v2")).toBe(false);
});
