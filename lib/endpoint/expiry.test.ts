import { describe, expect, it } from "vitest";
import {
  describeExpiry,
  EXPIRY_KEY,
  expiryAfter,
  expirySchema,
  expiryWords,
  extendedExpiry,
  parseExtendExpiryInput,
  readExpiry,
} from "./expiry.ts";

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

  it("extends from the expiry that stands, and from now where it has passed or none is set", () => {
    const now = Date.parse("2030-01-31T18:00:00Z");
    expect(extendedExpiry(now + 3_600_000, now)).toBe("2030-02-01T19:00:00Z");
    expect(extendedExpiry(now - 3_600_000, now)).toBe("2030-02-01T18:00:00Z");
    expect(extendedExpiry(null, now)).toBe("2030-02-01T18:00:00Z");
  });

  it.each([
    [30, "It is due to go in less than a minute."],
    [100 * 60, "It is due to go in 1 h 40 min."],
    [30 * 3_600 + 59, "It is due to go in 30 h."],
    [60 * 3_600, "It is due to go in 2 d 12 h."],
    [-2 * 3_600, "It was meant to be gone 2 h ago and runs on at about $1.41 an hour."],
  ])("says how an expiry %i seconds away stands", (seconds, sentence) => {
    const now = Date.parse("2030-01-31T18:00:00Z");
    const said = describeExpiry({ expiresAt: now + seconds * 1_000, now, perHour: 1.408 });
    expect(said).toEqual({ isDue: seconds < 0, sentence });
    const words = expiryWords(now + seconds * 1_000, now);
    expect(sentence).toMatch(new RegExp(`^It (is|was) ${words}`));
  });

  it("calls an unknown price unknown, and takes no name that is none", () => {
    expect(describeExpiry({ expiresAt: 0, now: 60_000, perHour: null }).sentence).toContain("nobody says");
    expect(parseExtendExpiryInput({ name: "not a name" }).ok).toBe(false);
    expect(parseExtendExpiryInput({ name: "mine" })).toEqual({ ok: true, value: { name: "mine" } });
  });

  it("refuses a moment without its zone", () => {
    expect(expirySchema.safeParse("2030-01-31T18:00:00").success).toBe(false);
  });
});
