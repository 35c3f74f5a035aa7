import { expect, it } from "vitest";
import { tokensUntil } from "./tokens-until.ts";

it("counts what had arrived by a moment, that moment included", () => {
  const tokens = [1, 2, 2, 5].map((at) => ({ at }));
  expect([0, 1, 2, 4, 5, 9].map((moment) => tokensUntil(tokens, moment))).toEqual([0, 1, 3, 3, 4, 4]);
  expect(tokensUntil([], 3)).toBe(0);
});
