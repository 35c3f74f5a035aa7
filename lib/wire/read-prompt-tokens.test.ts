import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPromptTokens } from "./read-prompt-tokens.ts";

function body(name: string): string {
  return readFileSync(new URL(`./fixtures/lmi-wire/${name}.bin`, import.meta.url), "utf8");
}

test("the prompt's tokens of a recorded body", () => {
  const tokens = readPromptTokens(body("v036-jsonlines-details-top-prefill"));
  expect(tokens?.length).toBeGreaterThan(1);
  expect(tokens?.every(({ text }) => text !== "")).toBe(true);
});

test("of an async whole answer, whose first token is left out", () => {
  const tokens = [{ id: 5, text: ":", logprob: -0.25 }];
  const answer = { generated_text: "x", details: { finish_reason: null, prefill: tokens, tokens: [] } };
  expect(readPromptTokens(JSON.stringify(answer))).toEqual([{ id: 5, text: ":", logProb: -0.25 }]);
});

test("nothing where none were sent, and where there is nothing to read", () => {
  expect(readPromptTokens(body("v031-jsonlines-nodetails"))).toBeNull();
  expect(readPromptTokens("")).toBeNull();
});
