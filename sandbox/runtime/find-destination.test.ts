import { beforeEach, describe, expect, test } from "vitest";
import { updateInferenceComponentRuntimeConfig } from "../control/components/change-component.ts";
import { createInferenceComponent } from "../control/components/create-component.ts";
import { createEndpointConfig } from "../control/endpoint-configs.ts";
import { openTestScope } from "../control/open-test-scope.ts";
import {
  IMAGE,
  makeComponentConfig,
  makeConfig,
  makeEndpoint,
  makeModel,
} from "../control/test-resources.ts";
import { updateEndpointWeightsAndCapacities } from "../control/update-capacity.ts";
import { updateEndpoint } from "../control/update-endpoint.ts";
import { createRandom } from "../random.ts";
import { findDestination } from "./find-destination.ts";

let { scope, wait } = openTestScope();
let random = createRandom(1);

beforeEach(() => {
  ({ scope, wait } = openTestScope());
  random = createRandom(1);
});

function find(endpoint: string, wish: { variant?: string; component?: string } = {}) {
  return findDestination(scope, endpoint, { variant: wish.variant, component: wish.component }, random);
}

/** The environment's mark of the containers that a hundred requests go to. */
function count(endpoint: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let round = 0; round < 1000; round += 1) {
    const found = find(endpoint);
    const mark = "refusal" in found ? "refused" : (found.environment.MARK ?? found.variant);
    counts[mark] = (counts[mark] ?? 0) + 1;
  }
  return counts;
}

function message(found: ReturnType<typeof find>): unknown {
  return "refusal" in found
    ? `${found.refusal.status} ${found.refusal.type} ${found.refusal.body.Message}`
    : found;
}

describe("an endpoint of models", () => {
  test("shares its traffic by the weights, which may change", () => {
    makeModel(scope, "m");
    createEndpointConfig(scope, {
      EndpointConfigName: "two",
      ProductionVariants: ["a", "b"].map((VariantName) => ({
        VariantName,
        ModelName: "m",
        InstanceType: "ml.g5.xlarge",
        InitialInstanceCount: 1,
        InitialVariantWeight: VariantName === "a" ? 3 : 1,
      })),
    });
    makeEndpoint(scope, "e1", "two", wait);
    expect(count("e1").a).toBeGreaterThan(700);
    expect(count("e1").b).toBeGreaterThan(200);
    updateEndpointWeightsAndCapacities(scope, {
      EndpointName: "e1",
      DesiredWeightsAndCapacities: [{ VariantName: "a", DesiredWeight: 0 }],
    });
    // Until the change is there the old weights hold.
    expect(count("e1").a).toBeGreaterThan(700);
    wait(60_000);
    expect(count("e1")).toEqual({ b: 1000 });
    expect(message(find("e1", { variant: "a" }))).toMatchObject({ variant: "a" });
  });

  test("is served by the old machines during an update, and by the new ones for their share", () => {
    makeConfig(scope, "old", {}, { MARK: "old" });
    makeConfig(scope, "new", {}, { MARK: "new" });
    makeEndpoint(scope, "e1", "old", wait);
    const canary = { Type: "CANARY", CanarySize: { Type: "CAPACITY_PERCENT", Value: 20 } };
    const routing = { ...canary, WaitIntervalInSeconds: 3600 };
    updateEndpoint(scope, {
      EndpointName: "e1",
      EndpointConfigName: "new",
      DeploymentConfig: { BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: routing } },
    });
    expect(count("e1")).toEqual({ old: 1000 });
    wait(500_000);
    const during = count("e1");
    expect(during.new).toBeGreaterThan(150);
    expect(during.new).toBeLessThan(250);
    wait(8_000_000);
    expect(count("e1")).toEqual({ new: 1000 });
  });

  test("hands a shadow its share and keeps the component header out", () => {
    makeModel(scope, "m");
    const variant = { ModelName: "m", InstanceType: "ml.g5.xlarge", InitialInstanceCount: 1 };
    createEndpointConfig(scope, {
      EndpointConfigName: "shadowed",
      ProductionVariants: [{ ...variant, VariantName: "main" }],
      ShadowProductionVariants: [{ ...variant, VariantName: "dark", InitialVariantWeight: 0.5 }],
    });
    makeEndpoint(scope, "e1", "shadowed", wait);
    const found = Array.from({ length: 1000 }, () => find("e1"));
    const copied = found.filter((one) => !("refusal" in one) && one.shadow?.name === "dark").length;
    expect(copied).toBeGreaterThan(430);
    expect(copied).toBeLessThan(570);
    expect(found.every((one) => !("refusal" in one) && one.variant === "main")).toBe(true);
    expect(message(find("e1", { component: "x" }))).toMatch(/^400 ValidationError .* header is not allowed/);
  });
});

describe("an endpoint of inference components", () => {
  beforeEach(() => {
    makeComponentConfig(scope, "c");
    makeEndpoint(scope, "e1", "c", wait);
    createInferenceComponent(scope, {
      InferenceComponentName: "base",
      EndpointName: "e1",
      VariantName: "v1",
      Specification: {
        Container: { Image: IMAGE, Environment: { MARK: "base" } },
        ComputeResourceRequirements: { NumberOfAcceleratorDevicesRequired: 1, MinMemoryRequiredInMb: 1024 },
      },
      RuntimeConfig: { CopyCount: 1 },
    });
  });

  test("needs the header, and a component of its own", () => {
    expect(message(find("e1"))).toMatch(
      /^400 ValidationError Inference Component Name header is required for endpoints to which you plan to deploy/,
    );
    expect(message(find("e1", { component: "nobody" }))).toMatch(/nobody of endpoint e1 not found/);
  });

  test("asks for patience while a component loads, and then serves it", () => {
    expect(message(find("e1", { component: "base" }))).toMatch(/^429 ModelNotReadyException/);
    wait(200_000);
    expect(find("e1", { component: "base" })).toMatchObject({
      variant: "v1",
      component: "base",
      environment: { MARK: "base" },
    });
  });

  test("answers for an adapter with the container of its base", () => {
    wait(200_000);
    createInferenceComponent(scope, {
      InferenceComponentName: "lora",
      EndpointName: "e1",
      Specification: { BaseInferenceComponentName: "base", Container: { ArtifactUrl: "s3://b/a" } },
    });
    expect(message(find("e1", { component: "lora" }))).toMatch(/^429/);
    wait(30_000);
    expect(find("e1", { component: "lora" })).toMatchObject({
      component: "lora",
      image: IMAGE,
      environment: { MARK: "base" },
    });
  });

  test("has no capacity without copies", () => {
    wait(200_000);
    updateInferenceComponentRuntimeConfig(scope, {
      InferenceComponentName: "base",
      DesiredRuntimeConfig: { CopyCount: 0 },
    });
    wait(20_000);
    expect(message(find("e1", { component: "base" }))).toMatch(
      /^400 ValidationError Inference Component has no capacity to process this request\./,
    );
  });
});
