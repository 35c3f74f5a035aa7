import { expect, it } from "vitest";
import { parseEnvironment } from "./env.ts";

it("reads what is set", () => {
  expect(parseEnvironment({ AWS_PROFILE: " team " })).toEqual({ profile: "team" });
});

it("takes empty for absent, and never fails on what it does not know", () => {
  expect(parseEnvironment({ AWS_PROFILE: "", HOME: "/" })).toEqual({ profile: null });
});
