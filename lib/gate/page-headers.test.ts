import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./page-headers.ts";

function scriptSources(policy: string) {
  return policy.split("; ").find((directive) => directive.startsWith("script-src "));
}

test("scripts run by nonce alone", () => {
  expect(scriptSources(contentSecurityPolicy("abc", false))).toBe(
    "script-src 'self' 'nonce-abc' 'strict-dynamic'",
  );
});

test("only the reloading server may evaluate", () => {
  expect(scriptSources(contentSecurityPolicy("abc", true))).toContain("'unsafe-eval'");
});

test("nobody may frame a page, and no page may send elsewhere", () => {
  const policy = contentSecurityPolicy("abc", false);
  for (const directive of [
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "connect-src 'self'",
  ]) {
    expect(policy.split("; ")).toContain(directive);
  }
});
