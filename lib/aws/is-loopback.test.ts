import { expect, it } from "vitest";
import { isLoopback } from "./is-loopback.ts";

it.each(["127.0.0.1", "127.9.9.9", "localhost", "api.localhost", "[::1]", "::1"])(
  "%s is here",
  async (host) => {
    expect(await isLoopback(host)).toBe(true);
  },
);

it.each([
  "10.0.0.1",
  "0.0.0.0",
  "api.sagemaker.us-east-1.amazonaws.com",
  "128.0.0.1",
  "[::2]",
  "no.such.invalid",
])("%s is elsewhere", async (host) => {
  expect(await isLoopback(host)).toBe(false);
});
