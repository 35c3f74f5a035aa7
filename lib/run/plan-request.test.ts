import { describe, expect, test } from "vitest";
import type { InvokeRequest } from "./invoke-request.ts";
import { planRequest } from "./plan-request.ts";

const ASYNC = { release: 36, mode: "async", engine: "vllm" } as const;
const OLD = { release: 26, mode: "rolling", engine: "vllm" } as const;
const ROLLING = { release: 28, mode: "rolling", engine: "vllm" } as const;
const CHAT: InvokeRequest = {
  endpointName: "e",
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Why walk?" },
    { role: "assistant", content: "Health." },
    { role: "user", content: "And?" },
  ],
  parameters: { stopSequences: ["###"] },
};

describe("how a chat is asked", () => {
  test("as messages where the container takes them", () => {
    expect(planRequest(CHAT, ASYNC)).toMatchObject({ ok: true, value: { dialect: "chat", request: CHAT } });
  });

  test.each([
    ["the container takes none", CHAT, OLD, "lmi"],
    ["that is wished", { ...CHAT, plainText: true }, ASYNC, "lmi-async"],
  ] as const)("as text where %s", (_why, request, facts, dialect) => {
    const plan = planRequest(request, facts);
    expect(plan).toMatchObject({
      ok: true,
      value: {
        dialect,
        request: {
          prompt: "System: Be brief.\n\nUser: Why walk?\n\nAssistant: Health.\n\nUser: And?\n\nAssistant:",
          parameters: { stopSequences: ["###", "\nUser:"] },
        },
      },
    });
    expect(plan.ok && plan.value.request).not.toHaveProperty("messages");
  });

  test("an answer is not taken up where a new turn would open", () => {
    const going = { ...CHAT, answerSoFar: "Because" };
    expect(planRequest(going, ASYNC).ok).toBe(true);
    expect(planRequest(going, ROLLING)).toMatchObject({ ok: false, failure: { field: "messages" } });
    expect(planRequest({ ...going, plainText: true }, ROLLING).ok).toBe(true);
  });
});
