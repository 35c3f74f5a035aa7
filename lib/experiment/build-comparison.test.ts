import { expect, test } from "vitest";
import { buildComparison } from "./build-comparison.ts";
import { experimentSpecSchema, type Question } from "./experiment-spec.ts";
import { planCells } from "./plan-cells.ts";

const LEFT: Question = {
  endpointName: "one",
  targetVariant: "blue",
  prompt: "Why?",
  dialect: "completions",
  parameters: { temperature: 0, maxNewTokens: 8 },
};
const OWN = { values: { temperature: "1", maxNewTokens: "8" }, stopSequences: [] };

test("the right one is asked like the left one, with the same words", () => {
  const built = buildComparison(LEFT, { endpointName: "two", own: null });
  if (!built.ok) throw new Error("it should have been built");
  expect(experimentSpecSchema.safeParse(built.value).success).toBe(true);
  const [left, right] = planCells(built.value).map(({ request }) => request);
  expect(left).toEqual(LEFT);
  expect(right).toEqual({
    endpointName: "two",
    prompt: "Why?",
    dialect: "completions",
    parameters: { temperature: 0, maxNewTokens: 8 },
  });
});

test("or in its own way, whose format the container decides", () => {
  const built = buildComparison(LEFT, { endpointName: "one", own: OWN });
  expect(built).toMatchObject({
    value: { against: { endpointName: "one", parameters: { temperature: 1, maxNewTokens: 8 } } },
  });
  expect(built.ok && "dialect" in built.value.against).toBe(false);
});

test.each([
  ["no endpoint", { endpointName: "", own: null }, "against.endpointName"],
  ["the same asked twice", { endpointName: "one", own: null }, "against.endpointName"],
  [
    "a temperature of 9",
    { endpointName: "two", own: { ...OWN, values: { temperature: "9" } } },
    "against.temperature",
  ],
])("%s is refused", (_what, against, field) => {
  expect(buildComparison(LEFT, against)).toMatchObject({ ok: false, failures: [{ field }] });
});
