import { describe, expect, it } from "vitest";
import {
  createEndpointInputSchema,
  explainIssues,
  parseCreateEndpointInput,
} from "./create-endpoint-input.ts";

const VALID = {
  endpointName: "e1",
  image: "763104351884.dkr.ecr.us-east-1.amazonaws.com/djl-inference:0.36.0-lmi27.0.0-cu130",
  instanceType: "ml.g5.xlarge",
  instanceCount: 1,
  executionRoleArn: "arn:aws:iam::123456789012:role/service-role/sagemaker",
};

it("takes the least a form can send", () => {
  expect(parseCreateEndpointInput(VALID)).toEqual({
    ok: true,
    value: { ...VALID, environment: {}, tags: [] },
  });
});

it("takes an empty address of model data for none", () => {
  expect(parseCreateEndpointInput({ ...VALID, modelDataUrl: " " })).toMatchObject({
    value: { modelDataUrl: "" },
  });
});

describe("refuses, by field", () => {
  it.each([
    [{ endpointName: "a_b" }, "endpointName"],
    [{ endpointName: undefined }, "endpointName"],
    [{ image: " " }, "image"],
    [{ image: "a b" }, "image"],
    [{ image: "x".repeat(256) }, "image"],
    [{ instanceType: "g5.xlarge" }, "instanceType"],
    [{ instanceCount: 0 }, "instanceCount"],
    [{ instanceCount: 1.5 }, "instanceCount"],
    [{ instanceCount: "1" }, "instanceCount"],
    [{ executionRoleArn: "" }, "executionRoleArn"],
    [{ executionRoleArn: "arn:aws:iam::123:role/x" }, "executionRoleArn"],
    [{ executionRoleArn: "arn:aws:iam::123456789012:user/x" }, "executionRoleArn"],
    [{ startupTimeoutSeconds: 59 }, "startupTimeoutSeconds"],
    [{ downloadTimeoutSeconds: 3_601 }, "downloadTimeoutSeconds"],
    [{ modelDataUrl: "bucket/model.tar.gz" }, "modelDataUrl"],
    [{ environment: { "1A": "x" } }, "environment.1A"],
    [{ environment: { A: "x".repeat(1_025) } }, "environment.A"],
    [
      { environment: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`A${index}`, ""])) },
      "environment",
    ],
    [
      {
        environment: Object.fromEntries(
          Array.from({ length: 40 }, (_, index) => [`A${index}`, "x".repeat(1_000)]),
        ),
      },
      "environment",
    ],
    [{ tags: [{ key: "aws:x", value: "" }] }, "tags.0.key"],
    [{ tags: [{ key: "sagescope:created-by", value: "me" }] }, "tags.0.key"],
    [{ tags: [{ key: "", value: "" }] }, "tags.0.key"],
  ])("%o", (change, field) => {
    const result = parseCreateEndpointInput({ ...VALID, ...change });
    expect(result).toMatchObject({ ok: false, failure: { code: "invalid", field } });
    expect(result.ok ? "" : result.failure.message).toMatch(/^[A-Z"].*\.$/);
  });

  it("whatever is not a form", () => {
    for (const input of [null, undefined, "x", [], 5]) {
      expect(parseCreateEndpointInput(input)).toMatchObject({ ok: false, failure: { code: "invalid" } });
    }
    expect(parseCreateEndpointInput({ ...VALID, extra: 1 })).toMatchObject({
      failure: { message: '"extra" is not part of the form.' },
    });
  });
});

it("names every field at fault once", () => {
  const parsed = createEndpointInputSchema.safeParse({
    ...VALID,
    endpointName: "",
    image: "",
    instanceCount: 0,
  });
  expect(explainIssues(parsed.error ?? expect.fail()).map((failure) => failure.field)).toEqual([
    "endpointName",
    "image",
    "instanceCount",
  ]);
});
