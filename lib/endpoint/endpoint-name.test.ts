import { expect, it } from "vitest";
import { derivedName, endpointNameSchema, nameProblem } from "./endpoint-name.ts";

it.each(["a", "A1", "my-endpoint", "a--b", "0", "x".repeat(63)])("accepts %s", (name) => {
  expect(nameProblem(name)).toBeNull();
  expect(endpointNameSchema.safeParse(name).success).toBe(true);
});

it.each([
  ["", /Give the endpoint a name/],
  ["x".repeat(64), /at most 63 characters; this one has 64/],
  ["my endpoint", /no spaces/],
  ["my_endpoint", /"_" is not allowed/],
  ["my.endpoint", /"\." is not allowed/],
  ["größe", /"ö" is not allowed/],
  ["-a", /begins with/],
  ["a-", /ends with/],
])("says what is wrong with %j", (name, problem) => {
  expect(nameProblem(name)).toMatch(problem);
  expect(endpointNameSchema.safeParse(name).error?.issues[0]?.message).toMatch(problem);
});

it("derives names that AWS accepts, however long the endpoint's", () => {
  for (const name of ["a", "x".repeat(63), `${"a-".repeat(31)}b`]) {
    const derived = derivedName(name, "0123abcd");
    expect(nameProblem(derived)).toBeNull();
    expect(derived.endsWith("-0123abcd")).toBe(true);
  }
});
