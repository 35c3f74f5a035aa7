import { expect, it } from "vitest";
import { describeStreamFailure } from "./describe-stream-failure.ts";

function thrown(fields: object) {
  return Object.assign(new Error(), fields);
}

it.each([
  [
    { name: "ModelStreamError", ErrorCode: "ModelInvocationTimeExceeded", message: "late" },
    "interrupted",
    /eight minutes/,
  ],
  [
    { name: "ModelStreamError", ErrorCode: "StreamBroken", message: "broken" },
    "model-error",
    /broke the stream off/,
  ],
  [{ name: "InternalStreamFailure", message: "" }, "interrupted", /problem of its own/],
  [{ name: "AbortError", message: "Request aborted" }, "interrupted", /was stopped/],
  [{ message: "aborted", code: "ECONNRESET" }, "interrupted", /cut in the middle/],
  [{ message: "Truncated event message received." }, "interrupted", /cut in the middle/],
  [
    { message: "The message checksum (1) did not match the calculated CRC32 checksum of the message" },
    "interrupted",
    /damaged/,
  ],
  [{ name: "ThrottlingException", message: null }, "throttled", /too many/],
] as const)("%o", (fields, code, message) => {
  const failure = describeStreamFailure(thrown(fields));
  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(message);
});

it("shows nothing of an error it does not know", () => {
  expect(JSON.stringify(describeStreamFailure(new Error("secret words")))).not.toContain("secret");
});
