import { expect, it } from "vitest";
import { parseEnvironment } from "./env.ts";

it("reads what is set", () => {
  expect(parseEnvironment({ AWS_PROFILE: "team", SAGESCOPE_EXECUTION_ROLE_ARN: " arn:x " })).toEqual({
    profile: "team",
    executionRoleArn: "arn:x",
  });
});

it("takes empty for absent, and never fails on what it does not know", () => {
  expect(parseEnvironment({ AWS_PROFILE: "", HOME: "/" })).toEqual({ profile: null, executionRoleArn: null });
});
