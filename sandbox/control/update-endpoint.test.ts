import { beforeEach, describe, expect, test } from "vitest";
import { describeEndpoint } from "./describe-endpoint.ts";
import { deleteEndpointConfig } from "./endpoint-configs.ts";
import { deleteModel } from "./models.ts";
import { openTestScope } from "./open-test-scope.ts";
import { makeConfig, makeEndpoint } from "./test-resources.ts";
import { updateEndpointWeightsAndCapacities } from "./update-capacity.ts";
import { updateEndpoint } from "./update-endpoint.ts";

let { scope, wait } = openTestScope();

beforeEach(() => {
  ({ scope, wait } = openTestScope());
  makeConfig(scope, "c1");
  makeConfig(scope, "c2", { InitialInstanceCount: 4, InitialVariantWeight: 0.5 });
  makeEndpoint(scope, "e1", "c1", wait);
});

function describe1() {
  return describeEndpoint(scope, { EndpointName: "e1" });
}

function update(config: string, more: Parameters<typeof updateEndpoint>[1] = {}) {
  return updateEndpoint(scope, { EndpointName: "e1", EndpointConfigName: config, ...more });
}

type Seen = { status: unknown; stage: unknown; pending: unknown; config: unknown; reason: unknown };

/** What DescribeEndpoint shows every ten seconds until it is settled, repetitions left out. */
function watch(most = 3000): Seen[] {
  const seen: Seen[] = [];
  for (let step = 0; step < most; step += 1) {
    const answer = JSON.parse(JSON.stringify(describe1()));
    const pending = answer.PendingDeploymentSummary;
    const row = {
      status: answer.EndpointStatus,
      stage: pending?.ProductionVariants[0].VariantStatus[0].Status,
      pending: pending?.ProductionVariants[0].CurrentInstanceCount,
      config: answer.EndpointConfigName,
      reason: answer.FailureReason,
    };
    if (JSON.stringify(seen.at(-1)) !== JSON.stringify(row)) seen.push(row);
    if (["InService", "UpdateRollbackFailed", "Failed"].includes(row.status)) break;
    wait(10_000);
  }
  return seen;
}

function policy(routing: Record<string, unknown>, more: Record<string, unknown> = {}) {
  const traffic = { WaitIntervalInSeconds: 60, ...routing };
  const config = { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: traffic, ...more } };
  return { DeploymentConfig: JSON.parse(JSON.stringify(config)) };
}

describe("an update that goes well", () => {
  test("builds the new machines beside the old ones and takes their configuration's name at the end", () => {
    update("c2");
    expect(watch()).toEqual([
      { status: "Updating", stage: "Creating", pending: 0, config: "c1", reason: undefined },
      { status: "Updating", stage: "ActivatingTraffic", pending: 4, config: "c1", reason: undefined },
      { status: "InService", stage: undefined, pending: undefined, config: "c2", reason: undefined },
    ]);
    expect(describe1()).toMatchObject({
      ProductionVariants: [{ CurrentInstanceCount: 4, DesiredInstanceCount: 4, CurrentWeight: 0.5 }],
    });
    expect(describe1()).not.toHaveProperty("PendingDeploymentSummary");
  });

  test("shifts a canary, watches it, and shifts the rest", () => {
    update("c2", policy({ Type: "CANARY", CanarySize: { Type: "CAPACITY_PERCENT", Value: 25 } }));
    const weights = new Map<string, number>();
    while (JSON.parse(JSON.stringify(describe1())).EndpointStatus === "Updating") {
      const variant = JSON.parse(JSON.stringify(describe1())).PendingDeploymentSummary.ProductionVariants[0];
      const key = `${variant.VariantStatus[0].Status} ${variant.CurrentWeight}`;
      weights.set(key, (weights.get(key) ?? 0) + 10);
      wait(10_000);
    }
    const [creating, ...rest] = weights;
    expect(creating?.[0]).toBe("Creating 0");
    // Thirty seconds a shift and the interval that was asked for, seen every ten seconds.
    expect(rest.map(([key]) => key)).toEqual([
      "ActivatingTraffic 0.125",
      "Baking 0.125",
      "ActivatingTraffic 0.5",
      "Baking 0.5",
    ]);
    expect(weights.get("Baking 0.125")).toBe(60);
    expect(describe1()).toMatchObject({
      LastDeploymentConfig: { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: "CANARY" } } },
    });
  });

  test("goes in linear steps and keeps the old machines for the termination wait", () => {
    const linear = { Type: "LINEAR", LinearStepSize: { Type: "CAPACITY_PERCENT", Value: 50 } };
    update("c2", policy(linear, { TerminationWaitInSeconds: 300 }));
    const stages = watch().map(({ stage }) => stage);
    expect(stages).toEqual([
      "Creating",
      "ActivatingTraffic",
      "Baking",
      "ActivatingTraffic",
      "Baking",
      "Deleting",
      undefined,
    ]);
  });

  test("replaces machines batch by batch where it rolls", () => {
    const rolling = {
      MaximumBatchSize: { Type: "CAPACITY_PERCENT", Value: 50 },
      WaitIntervalInSeconds: 30,
    };
    update("c2", { DeploymentConfig: { RollingUpdatePolicy: rolling } });
    const pairs = new Set<string>();
    while (JSON.parse(JSON.stringify(describe1())).EndpointStatus === "Updating") {
      const answer = JSON.parse(JSON.stringify(describe1()));
      const next = answer.PendingDeploymentSummary.ProductionVariants[0].CurrentInstanceCount;
      pairs.add(`${answer.ProductionVariants[0].CurrentInstanceCount} old, ${next} new`);
      wait(10_000);
    }
    expect([...pairs]).toEqual(["2 old, 0 new", "2 old, 2 new", "1 old, 2 new", "1 old, 4 new"]);
    expect(describe1()).toMatchObject({ EndpointStatus: "InService", EndpointConfigName: "c2" });
  });

  test("keeps counts and weights on request, all or all but the named ones", () => {
    updateEndpointWeightsAndCapacities(scope, {
      EndpointName: "e1",
      DesiredWeightsAndCapacities: [{ VariantName: "v1", DesiredInstanceCount: 3, DesiredWeight: 2 }],
    });
    watch();
    update("c2", {
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: "DesiredWeight" }],
    });
    watch();
    expect(describe1()).toMatchObject({
      EndpointConfigName: "c2",
      ProductionVariants: [{ CurrentInstanceCount: 3, CurrentWeight: 0.5 }],
    });
  });
});

describe("an update that fails", () => {
  test.each([
    ["no-capacity", "Creating", /InsufficientInstanceCapacity/],
    ["image-missing", "Creating", /^Requested image .* not found/],
    ["rollback", "ActivatingTraffic", /did not pass the ping health check/],
  ])("with %s rolls back to the old configuration and says why", (fault, stage, reason) => {
    makeConfig(scope, "bad", {}, { LMI_SANDBOX_FAULT: fault });
    update("bad");
    const seen = watch();
    expect(seen.map(({ status }) => status)).toContain("RollingBack");
    expect(seen.every(({ config }) => config === "c1")).toBe(true);
    expect(seen.filter(({ status }) => status === "Updating").at(-1)?.stage).toBe(stage);
    expect(seen.at(-1)).toMatchObject({ status: "InService", reason: expect.stringMatching(reason) });
    // The next update clears it.
    update("c2");
    expect(describe1()).not.toHaveProperty("FailureReason");
  });

  test("may fail to roll back, and then accepts only a delete", () => {
    makeConfig(scope, "bad", {}, { LMI_SANDBOX_FAULT: "rollback-fails" });
    update("bad");
    expect(watch().at(-1)).toMatchObject({ status: "UpdateRollbackFailed", config: "c1" });
    expect(() => update("c2")).toThrow(/UpdateRollbackFailed/);
  });

  test("because an alarm rings", () => {
    let ringing = false;
    ({ scope, wait } = openTestScope({ neighbours: { alarmState: () => (ringing ? "ALARM" : "OK") } }));
    makeConfig(scope, "c1");
    makeConfig(scope, "c2");
    makeEndpoint(scope, "e1", "c1", wait);
    const traffic = { TrafficRoutingConfiguration: { Type: "ALL_AT_ONCE", WaitIntervalInSeconds: 600 } };
    update("c2", {
      DeploymentConfig: {
        BlueGreenUpdatePolicy: traffic,
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: "errors" }] },
      },
    });
    wait(400_000);
    expect(describe1()).toMatchObject({ EndpointStatus: "Updating" });
    ringing = true;
    const seen = watch();
    expect(seen.map(({ status }) => status)).toEqual(["RollingBack", "InService"]);
    expect(seen.at(-1)?.reason).toMatch(/alarm\(s\) in ALARM state: errors/);
  });

  test("because it takes longer than it may", () => {
    const slow = { Type: "LINEAR", LinearStepSize: { Type: "CAPACITY_PERCENT", Value: 10 } };
    update("c2", policy({ ...slow, WaitIntervalInSeconds: 600 }, { MaximumExecutionTimeoutInSeconds: 900 }));
    expect(watch().at(-1)?.reason).toMatch(/maximum execution timeout of 900 seconds/);
  });

  test.each([
    ["model", () => deleteModel(scope, { ModelName: "c2" }), /Could not find model/],
    [
      "present configuration",
      () => deleteEndpointConfig(scope, { EndpointConfigName: "c1" }),
      /configuration "c1"/,
    ],
  ])("some time after the %s was deleted under it", (_what, remove, reason) => {
    remove();
    update("c2");
    const seen = watch();
    expect(seen[0]?.status).toBe("Updating");
    expect(seen.at(-1)).toMatchObject({ status: "InService", config: "c1" });
    expect(seen.at(-1)?.reason).toMatch(reason);
  });
});

describe("an update that is refused", () => {
  test("while another one runs", () => {
    update("c2");
    expect(() => update("c2")).toThrow(/^Cannot update in-progress endpoint "arn:.*e1"/);
  });

  test("for a configuration that is not there, or not visible yet", () => {
    expect(() => update("c9")).toThrow(/^Could not find endpoint configuration "arn:/);
    const invisible = { ...scope, switches: { ...scope.switches, configInvisibleMs: 5000 } };
    makeConfig(scope, "c3");
    const input = { EndpointName: "e1", EndpointConfigName: "c3" };
    expect(() => updateEndpoint(invisible, input)).toThrow(/^Could not find endpoint configuration/);
    wait(5000);
    expect(() => updateEndpoint(invisible, input)).not.toThrow();
  });

  test("where both fleets exceed a quota, which a rolling update does not", () => {
    const limited = { ...scope, neighbours: { ...scope.neighbours, endpointUsageQuota: () => 4 } };
    const input = { EndpointName: "e1", EndpointConfigName: "c2" };
    expect(() => updateEndpoint(limited, input)).toThrow(
      /^The account-level service limit 'ml.g5.xlarge for endpoint usage' is 4 Instances, with current utilization of 2 Instances and a request delta of 4 Instances\./,
    );
    const rolling = { MaximumBatchSize: { Type: "CAPACITY_PERCENT", Value: 50 }, WaitIntervalInSeconds: 0 };
    updateEndpoint(limited, { ...input, DeploymentConfig: { RollingUpdatePolicy: rolling } });
  });

  test.each([
    ["CANARY", "CanarySize", 60],
    ["LINEAR", "LinearStepSize", 5],
  ])("for a size that %s does not allow", (Type, member, Value) => {
    const size = { [member]: { Type: "CAPACITY_PERCENT", Value } };
    expect(() => update("c2", policy({ Type, ...size }))).toThrow(new RegExp(`^${member} must be between`));
  });
});
