import { describe, expect, it } from "vitest";
import { EXPIRY_KEY, expiryAfter, expirySchema, readExpiry } from "./expiry.ts";

describe("expiry", () => {
  it("writes a moment that it reads back", () => {
    const value = expiryAfter(24, Date.parse("2030-01-31T18:00:00.123Z"));
    expect(value).toBe("2030-02-01T18:00:00Z");
    expect(readExpiry([{ key: EXPIRY_KEY, value }])).toBe(Date.parse("2030-02-01T18:00:00Z"));
  });

  it("takes what somebody else wrote into the tag for no expiry", () => {
    expect(readExpiry([{ key: EXPIRY_KEY, value: "tomorrow" }])).toBeNull();
    expect(readExpiry([{ key: EXPIRY_KEY, value: "2030-13-45T18:00:00Z" }])).toBeNull();
    expect(readExpiry([])).toBeNull();
  });

  it("refuses a moment without its zone", () => {
    expect(expirySchema.safeParse("2030-01-31T18:00:00").success).toBe(false);
  });
});
