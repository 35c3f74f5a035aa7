import { expect, test } from "vitest";
import { parseAutoContinueDraft } from "#lib/run/auto-continue-draft.ts";
import { invokeRequestSchema } from "#lib/run/invoke-request.ts";

const DRAFT = { on: true, maxRequests: "8", maxTokens: "2000" };

test("off is no limit at all, whatever stands in the fields", () => {
  expect(parseAutoContinueDraft({ ...DRAFT, on: false, maxRequests: "x" })).toEqual({
    ok: true,
    value: null,
  });
});

test("limits are read as numbers", () => {
  expect(parseAutoContinueDraft({ ...DRAFT, maxTokens: " 500 " })).toEqual({
    ok: true,
    value: { maxRequests: 8, maxTokens: 500 },
  });
});

test.each([
  ["maxRequests", "0"],
  ["maxRequests", "101"],
  ["maxRequests", ""],
  ["maxTokens", "1.5"],
  ["maxTokens", "1e3"],
  ["maxTokens", "-4"],
  ["maxTokens", "200001"],
])("%s “%s” is refused with a sentence beside its field", (field, text) => {
  const parsed = parseAutoContinueDraft({ ...DRAFT, [field]: text });
  expect(parsed).toMatchObject({ ok: false, failure: { field } });
  expect(parsed.ok ? "" : parsed.failure.message).toMatch(/must be a whole number from 1 to/);
});

test("the largest limits the form takes are taken by the server too", () => {
  const parsed = parseAutoContinueDraft({ on: true, maxRequests: "100", maxTokens: "200000" });
  const request = { endpointName: "a", prompt: "b", autoContinue: parsed.ok ? parsed.value : null };
  expect(invokeRequestSchema.safeParse(request).success).toBe(true);
});
