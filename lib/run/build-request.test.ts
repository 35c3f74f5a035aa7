import { describe, expect, it } from "vitest";
import { buildRequest, type RequestDraft } from "./build-request.ts";
import { invokeRequestSchema } from "./invoke-request.ts";

const draft: RequestDraft = {
  endpointName: "demo",
  prompt: " Say why.\n",
  variables: {},
  parameters: { values: { maxNewTokens: "64" }, stopSequences: ["\n"] },
  autoContinue: { on: false, maxRequests: "4", maxTokens: "1000" },
};

function fields(change: Partial<RequestDraft>) {
  const outcome = buildRequest({ ...draft, ...change });
  return outcome.ok ? [] : outcome.failures.map((failure) => failure.field);
}

describe("buildRequest", () => {
  it("makes a request that the server's schema accepts, the prompt untouched", () => {
    const outcome = buildRequest({ ...draft, autoContinue: { ...draft.autoContinue, on: true } });
    if (!outcome.ok) throw new Error("refused");
    expect(invokeRequestSchema.parse(outcome.value)).toEqual(outcome.value);
    expect(outcome.value.prompt).toBe(" Say why.\n");
    expect(outcome.value.autoContinue).toEqual({ maxRequests: 4, maxTokens: 1000 });
  });

  it("asks for another reading only where one was chosen", () => {
    const format = { dialect: "auto", reading: "text", stream: true, extra: "" } as const;
    expect(buildRequest({ ...draft, format })).toMatchObject({ ok: true, value: { readAs: "text" } });
    const outcome = buildRequest({ ...draft, format: { ...format, reading: "auto" } });
    expect(outcome.ok && "readAs" in outcome.value).toBe(false);
  });

  it("says nothing of auto-continue when it is off", () => {
    const outcome = buildRequest(draft);
    expect(outcome.ok && "autoContinue" in outcome.value).toBe(false);
  });

  it("puts values in the place of variables, and asks for those that are missing", () => {
    const outcome = buildRequest({ ...draft, prompt: "About {{topic}}", variables: { topic: "{{x}}" } });
    expect(outcome).toMatchObject({ ok: true, value: { prompt: "About {{x}}" } });
    expect(fields({ prompt: "About {{topic}}", variables: {} })).toEqual(["variables"]);
  });

  it("names everything that is wrong at once", () => {
    expect(
      fields({ endpointName: "", prompt: " \n", parameters: { values: { topK: "-1" }, stopSequences: [] } }),
    ).toEqual(["prompt", "endpointName", "topK"]);
  });
});
