import { expect, it } from "vitest";
import { parseEnvironment } from "./env.ts";

it("reads what is set", () => {
  expect(parseEnvironment({ AWS_PROFILE: " team ", DATABASE_URL: "postgres://db/x" })).toMatchObject({
    profile: "team",
    databaseUrl: "postgres://db/x",
  });
});

it("takes empty for absent, and never fails on what it does not know", () => {
  expect(parseEnvironment({ AWS_PROFILE: "", HOME: "/" })).toEqual({
    profile: null,
    databaseUrl: null,
    databaseFolder: ".sagescope/database",
    home: null,
  });
});
