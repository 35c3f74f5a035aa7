import { describe, expect, test } from "vitest";
import { AwsError } from "../aws-error.ts";
import type { JsonObject } from "../json.ts";
import instanceTypes from "./instance-types.json" with { type: "json" };
import document from "./sagemaker.json" with { type: "json" };
import { readShapes } from "./shapes.ts";
import { validateInput } from "./validate-input.ts";

const shapes = readShapes(document, { ProductionVariantInstanceType: instanceTypes });

function refusal(operation: string, input: JsonObject): AwsError {
  try {
    validateInput(shapes, operation, input);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function variant(more: JsonObject): JsonObject {
  return {
    EndpointConfigName: "c",
    ProductionVariants: [{ VariantName: "ok" }, { VariantName: "v", ...more }],
  };
}

describe("the wording of a refusal", () => {
  test.each<[string, string, JsonObject, string]>([
    [
      "a missing member",
      "CreateEndpoint",
      { EndpointConfigName: "c", EndpointName: null },
      "1 validation error detected: Value null at 'endpointName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a text that is too long",
      "CreateModel",
      { ModelName: "m", PrimaryContainer: { Image: "x".repeat(256) } },
      `1 validation error detected: Value '${"x".repeat(256)}' at 'primaryContainer.image' failed to satisfy constraint: Member must have length less than or equal to 255`,
    ],
    [
      "a text that is too short",
      "CreateModel",
      { ModelName: "m", ExecutionRoleArn: "arn:aws:iam::1:role" },
      "2 validation errors detected: Value 'arn:aws:iam::1:role' at 'executionRoleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value 'arn:aws:iam::1:role' at 'executionRoleArn' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    ],
    [
      "a number that is too large, in the second entry of a list",
      "CreateEndpointConfig",
      variant({ VolumeSizeInGB: 513 }),
      "1 validation error detected: Value '513' at 'productionVariants.2.member.volumeSizeInGB' failed to satisfy constraint: Member must have value less than or equal to 512",
    ],
    [
      "a number below zero",
      "CreateEndpointConfig",
      variant({ InitialVariantWeight: -0.5 }),
      "1 validation error detected: Value '-0.5' at 'productionVariants.2.member.initialVariantWeight' failed to satisfy constraint: Member must have value greater than or equal to 0",
    ],
    [
      "a name of a closed set",
      "ListEndpoints",
      { SortOrder: "Up" },
      "1 validation error detected: Value 'Up' at 'sortOrder' failed to satisfy constraint: Member must satisfy enum value set: [Ascending, Descending]",
    ],
    [
      "an empty list",
      "CreateEndpointConfig",
      { EndpointConfigName: "c", ProductionVariants: [] },
      "1 validation error detected: Value '[]' at 'productionVariants' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "an environment value",
      "CreateModel",
      { ModelName: "m", PrimaryContainer: { Environment: { A: "x".repeat(1025) } } },
      `1 validation error detected: Value '{"A":"${"x".repeat(294)}…' at 'primaryContainer.environment' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 1024]`,
    ],
  ])("%s", (_name, operation, input, message) => {
    expect(refusal(operation, input)).toMatchObject({ code: "ValidationException", status: 400, message });
  });

  test("a wrong JSON type is another exception", () => {
    expect(refusal("CreateModel", { ModelName: 3 })).toMatchObject({
      code: "SerializationException",
      message: "NUMBER_VALUE cannot be converted to String",
    });
    expect(refusal("CreateModel", { ModelName: "m", Tags: {} }).code).toBe("SerializationException");
    expect(refusal("ListEndpoints", { MaxResults: "10" }).code).toBe("SerializationException");
  });
});

test("what AWS takes is taken, members it does not know included", () => {
  validateInput(
    shapes,
    "CreateEndpointConfig",
    variant({ InstanceType: "ml.p5.48xlarge", InitialInstanceCount: 1 }),
  );
  validateInput(shapes, "ListEndpoints", {
    MaxResults: 100,
    NameContains: "a-1",
    CreationTimeAfter: 1.5,
    Unknown: [],
  });
});

test("every pattern of the service model is one that JavaScript reads", () => {
  const patterns = Object.keys(document.shapes).flatMap((name) => shapes.named(name).pattern ?? []);
  expect(patterns.length).toBeGreaterThan(30);
  for (const pattern of patterns) expect(() => new RegExp(`^(?:${pattern})$`, "u")).not.toThrow();
});
