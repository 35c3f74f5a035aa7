import { expect, it } from "vitest";
import { endsInSpace } from "./ends-in-space.ts";

it.each([
  ["The capital of France is ", true],
  ["Answer:\t", true],
  ["The capital of France is", false],
  // A line end is a token of its own as a rule.
  ["Answer:\n", false],
  ["", false],
])("%j ends in a space: %j", (prompt, isSo) => {
  expect(endsInSpace(prompt)).toBe(isSo);
});
