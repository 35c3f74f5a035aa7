import { beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../json.ts";
import { describeEndpoint } from "../describe-endpoint.ts";
import { deleteEndpoint } from "../endpoints.ts";
import { openTestScope } from "../open-test-scope.ts";
import { IMAGE, makeComponentConfig, makeConfig, makeEndpoint } from "../test-resources.ts";
import {
  deleteInferenceComponent,
  updateInferenceComponent,
  updateInferenceComponentRuntimeConfig,
} from "./change-component.ts";
import { createInferenceComponent } from "./create-component.ts";
import { describeInferenceComponent, listInferenceComponents } from "./describe-component.ts";

let { scope, wait } = openTestScope();
const SETTLED = 400_000;

beforeEach(() => {
  ({ scope, wait } = openTestScope());
  // Four accelerators on one instance, and managed scaling up to three of them.
  makeComponentConfig(scope, "c1", {
    ManagedInstanceScaling: { Status: "ENABLED", MinInstanceCount: 0, MaxInstanceCount: 3 },
  });
  makeComponentConfig(scope, "fixed");
  makeEndpoint(scope, "e1", "c1", wait);
  makeEndpoint(scope, "e2", "fixed", wait);
});

type Wish = {
  endpoint?: string;
  accelerators?: number;
  copies?: number;
  environment?: JsonObject;
  more?: JsonObject;
};

function specification({ accelerators = 1, environment = {}, more = {} }: Wish): JsonObject {
  return {
    Container: { Image: IMAGE, Environment: environment },
    ComputeResourceRequirements: {
      NumberOfAcceleratorDevicesRequired: accelerators,
      MinMemoryRequiredInMb: 1024,
    },
    ...more,
  };
}

function create(name: string, wish: Wish = {}) {
  return createInferenceComponent(scope, {
    InferenceComponentName: name,
    EndpointName: wish.endpoint ?? "e1",
    VariantName: "v1",
    Specification: specification(wish),
    RuntimeConfig: { CopyCount: wish.copies ?? 1 },
  });
}

function adapter(name: string, base: string) {
  return createInferenceComponent(scope, {
    InferenceComponentName: name,
    EndpointName: "e1",
    Specification: { BaseInferenceComponentName: base, Container: { ArtifactUrl: "s3://b/adapter" } },
  });
}

function scaleTo(name: string, copies: number) {
  return updateInferenceComponentRuntimeConfig(scope, {
    InferenceComponentName: name,
    DesiredRuntimeConfig: { CopyCount: copies },
  });
}

/** Status with current and desired copies, as in `InService 1/1`. */
function look(name: string): string {
  const answer = JSON.parse(
    JSON.stringify(describeInferenceComponent(scope, { InferenceComponentName: name })),
  );
  const { CurrentCopyCount, DesiredCopyCount } = answer.RuntimeConfig;
  return `${answer.InferenceComponentStatus} ${CurrentCopyCount}/${DesiredCopyCount}`;
}

function instances(endpoint: string): string {
  const answer = JSON.parse(JSON.stringify(describeEndpoint(scope, { EndpointName: endpoint })));
  const variant = answer.ProductionVariants[0];
  return `${answer.EndpointStatus} ${variant.CurrentInstanceCount}/${variant.DesiredInstanceCount}`;
}

describe("a place for every copy", () => {
  test("is found on a warm instance within three minutes", () => {
    create("a", { copies: 2 });
    expect(look("a")).toBe("Creating 0/2");
    wait(180_000);
    expect(look("a")).toBe("InService 2/2");
    expect(describeInferenceComponent(scope, { InferenceComponentName: "a" })).toMatchObject({
      RuntimeConfig: { PlacementStatus: [{ InstanceType: "ml.g5.12xlarge", CurrentCopyCount: 2 }] },
      Specification: { Container: { DeployedImage: { SpecifiedImage: IMAGE } } },
    });
    expect(instances("e1")).toBe("InService 1/1");
  });

  test("is waited for where the instance is full and may not be joined by others", () => {
    create("a", { endpoint: "e2", copies: 3 });
    create("b", { endpoint: "e2", copies: 2 });
    wait(SETTLED);
    expect(look("a")).toBe("InService 3/3");
    expect(look("b")).toBe("Creating 1/2");
    wait(100 * SETTLED);
    expect(look("b")).toBe("Creating 1/2");
    // What leaves makes room.
    deleteInferenceComponent(scope, { InferenceComponentName: "a" });
    wait(SETTLED);
    expect(look("b")).toBe("InService 2/2");
  });

  test("is made by managed scaling, up to its limit", () => {
    create("a", { copies: 10 });
    expect(instances("e1")).toBe("InService 1/3");
    wait(170_000);
    expect(look("a")).toBe("Creating 4/10");
    wait(SETTLED);
    expect(look("a")).toBe("InService 10/10");
    expect(instances("e1")).toBe("InService 3/3");
    scaleTo("a", 13);
    wait(SETTLED);
    expect(look("a")).toBe("Updating 12/13");
  });

  test("stays wanting where the account has no more instances", () => {
    const limited = { ...scope, neighbours: { ...scope.neighbours, endpointUsageQuota: () => 2 } };
    // Both endpoints have an instance of the type already.
    createInferenceComponent(limited, {
      InferenceComponentName: "a",
      EndpointName: "e1",
      VariantName: "v1",
      Specification: specification({}),
      RuntimeConfig: { CopyCount: 5 },
    });
    wait(SETTLED);
    expect(look("a")).toBe("Creating 4/5");
    expect(instances("e1")).toBe("InService 1/1");
  });

  test("cannot be on an instance that is too small, not even an empty one", () => {
    expect(() => create("a", { accelerators: 5 })).toThrow(
      /exceed the resources of instance type ml.g5.12xlarge/,
    );
  });
});

describe("copies", () => {
  test("go down to none and the instances with them, and come back", () => {
    create("a", { copies: 4 });
    wait(SETTLED);
    scaleTo("a", 0);
    expect(look("a")).toBe("Updating 4/0");
    wait(20_000);
    expect(look("a")).toBe("InService 0/0");
    // Managed scaling waits for its cooldown of twenty minutes.
    expect(instances("e1")).toBe("InService 1/0");
    wait(1_300_000);
    expect(instances("e1")).toBe("InService 0/0");
    scaleTo("a", 1);
    expect(instances("e1")).toBe("InService 0/1");
    wait(170_000);
    expect(look("a")).toBe("Updating 0/1");
    wait(SETTLED);
    expect(look("a")).toBe("InService 1/1");
  });

  test("are at least one when a component is created", () => {
    expect(() => create("a", { copies: 0 })).toThrow(
      "Inference components copy count an integer larger than 0",
    );
  });
});

describe("another specification", () => {
  const change = (environment: JsonObject, more: JsonObject = {}) =>
    updateInferenceComponent(scope, {
      InferenceComponentName: "a",
      Specification: specification({ environment }),
      ...more,
    });
  const environment = () => {
    const answer = JSON.parse(
      JSON.stringify(describeInferenceComponent(scope, { InferenceComponentName: "a" })),
    );
    return [answer.Specification.Container.Environment, answer.FailureReason];
  };

  test("takes over when it is up, batch by batch, with more copies where those are asked for", () => {
    create("a", { copies: 2 });
    wait(SETTLED);
    const batch = { MaximumBatchSize: { Type: "COPY_COUNT", Value: 1 }, WaitIntervalInSeconds: 60 };
    change(
      { NEW: "1" },
      { RuntimeConfig: { CopyCount: 3 }, DeploymentConfig: { RollingUpdatePolicy: batch } },
    );
    // Two batches of ninety seconds, each watched for sixty.
    wait(299_000);
    expect(environment()).toEqual([{}, undefined]);
    wait(2000);
    expect(environment()).toEqual([{ NEW: "1" }, undefined]);
    expect(look("a")).toBe("InService 3/3");
  });

  test("that does not start leaves the old one in service and says why", () => {
    create("a");
    wait(SETTLED);
    change({ LMI_SANDBOX_FAULT: "fail-ping" });
    expect(look("a")).toBe("Updating 1/1");
    wait(1_600_000);
    expect(look("a")).toBe("InService 1/1");
    expect(environment()).toEqual([{}, expect.stringMatching(/inference component a did not pass the ping/)]);
  });
});

describe("adapters", () => {
  test("are loaded into the copies of their base and go before it", () => {
    create("base", { copies: 2 });
    wait(SETTLED);
    adapter("lora", "base");
    expect(look("lora")).toBe("Creating 0/2");
    wait(30_000);
    expect(look("lora")).toBe("InService 2/2");
    scaleTo("base", 1);
    wait(20_000);
    expect(look("lora")).toBe("InService 1/1");
    expect(() => deleteInferenceComponent(scope, { InferenceComponentName: "base" })).toThrow(
      /is a base inference component for one or more associated/,
    );
    expect(() => scaleTo("lora", 2)).toThrow(/is that of its base/);
    deleteInferenceComponent(scope, { InferenceComponentName: "lora" });
    wait(20_000);
    deleteInferenceComponent(scope, { InferenceComponentName: "base" });
  });

  test("need a base of the same endpoint that is in service", () => {
    create("other", { endpoint: "e2" });
    expect(() => adapter("lora", "nobody")).toThrow(/^Could not find inference component "arn:/);
    expect(() => adapter("lora", "other")).toThrow(/is not a base inference component of endpoint/);
  });
});

describe("refusals", () => {
  test("of an endpoint's deletion while it has components", () => {
    create("a");
    const remove = () => deleteEndpoint(scope, { EndpointName: "e1" });
    expect(remove).toThrow(/^Cannot delete endpoint with inference component associated/);
    deleteInferenceComponent(scope, { InferenceComponentName: "a" });
    expect(remove).toThrow(/^Cannot delete endpoint with inference component associated/);
    wait(20_000);
    remove();
  });

  test("of a change on the way, and of any change to what failed", () => {
    create("a", { environment: { LMI_SANDBOX_FAULT: "image-missing" } });
    expect(() => scaleTo("a", 2)).toThrow(/^Cannot update in-progress inference component "arn:/);
    wait(SETTLED);
    expect(look("a")).toBe("Failed 0/1");
    expect(() => scaleTo("a", 2)).toThrow(/in status Failed/);
    deleteInferenceComponent(scope, { InferenceComponentName: "a" });
  });

  test.each<[string, JsonObject, RegExp]>([
    ["a variant that is not there", { VariantName: "v9" }, /^The variant name\(s\) "v9" is\/are not present/],
    ["no specification", { Specification: {} }, /^Exactly one of ModelName and Container/],
    ["a name that is taken", { InferenceComponentName: "A0" }, /^Cannot create already existing inference/],
    [
      "two types of one name",
      { Specification: null, Specifications: [0, 1].map(() => ({ InstanceType: "ml.g5.xlarge" })) },
      /unique within Specifications/,
    ],
  ])("of %s", (_what, changes, reason) => {
    create("a0");
    const input = {
      InferenceComponentName: "b",
      EndpointName: "e1",
      VariantName: "v1",
      Specification: specification({}),
      RuntimeConfig: { CopyCount: 1 },
      ...changes,
    };
    expect(() => createInferenceComponent(scope, input)).toThrow(reason);
  });

  test("of a component on a variant that has a model of its own", () => {
    makeConfig(scope, "own");
    makeEndpoint(scope, "e3", "own", wait);
    expect(() => create("a", { endpoint: "e3" })).toThrow(/which has a model of its own/);
  });
});

test("a list is filtered by endpoint, variant and status", () => {
  create("a");
  create("b", { endpoint: "e2" });
  wait(SETTLED);
  create("c");
  const names = (input: JsonObject) =>
    JSON.parse(JSON.stringify(listInferenceComponents(scope, input))).InferenceComponents.map(
      (row: { InferenceComponentName: string }) => row.InferenceComponentName,
    );
  expect(names({})).toEqual(["c", "b", "a"]);
  expect(names({ EndpointNameEquals: "e1", StatusEquals: "InService" })).toEqual(["a"]);
  expect(names({ VariantNameEquals: "other" })).toEqual([]);
});
