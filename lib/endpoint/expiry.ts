import * as z from "zod/mini";
import { fail, type Result, succeed } from "#lib/failure.ts";
import { endpointNameSchema } from "./endpoint-name.ts";

/** The tag that says when an endpoint was meant to be gone. */
export const EXPIRY_KEY = "sagescope:expires-at";

/** A moment in UTC without fractions, as the tag's value. */
export const expirySchema = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "An expiry is a moment like 2030-01-31T18:00:00Z."),
  z.refine((text) => !Number.isNaN(Date.parse(text)), "An expiry is a moment like 2030-01-31T18:00:00Z."),
);

/** The tag's value for a moment `hours` after `now` (epoch ms). */
export function expiryAfter(hours: number, now: number): string {
  return new Date(now + hours * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
}

/** When an endpoint with these tags was meant to be gone, epoch ms; null where no tag says so, or not readably. */
export function readExpiry(tags: readonly { key: string; value: string }[]): number | null {
  const value = tags.find(({ key }) => key === EXPIRY_KEY)?.value;
  const parsed = expirySchema.safeParse(value);
  return parsed.success ? Date.parse(parsed.data) : null;
}

/** One more click gives this much, in hours. */
export const EXTENSION_HOURS = 24;

const extendExpiryInputSchema = z.strictObject({ name: endpointNameSchema });

/** Which endpoint is to stay longer. */
export function parseExtendExpiryInput(input: unknown): Result<{ name: string }> {
  const parsed = extendExpiryInputSchema.safeParse(input);
  return parsed.success
    ? succeed(parsed.data)
    : fail({ code: "invalid", message: "Say which endpoint is to stay longer." });
}

/**
 * The tag's value after an extension: counted from the expiry that stands, or from now where it has passed.
 * Both moments in epoch ms.
 */
export function extendedExpiry(expiresAt: number | null, now: number): string {
  return expiryAfter(EXTENSION_HOURS, Math.max(expiresAt ?? now, now));
}

/**
 * How an endpoint stands to its expiry: `due` once the moment has passed, and a sentence with what each further hour
 * costs. `perHour` in US dollars, null where the price is unknown. Both moments in epoch ms.
 */
export function describeExpiry({
  expiresAt,
  now,
  perHour,
}: {
  expiresAt: number;
  now: number;
  perHour: number | null;
}): { isDue: boolean; sentence: string } {
  const isDue = expiresAt <= now;
  const span = describeSpan(Math.abs(expiresAt - now));
  const price = perHour === null ? "at a price nobody says" : `at about $${perHour.toFixed(2)} an hour`;
  return {
    isDue,
    sentence: isDue
      ? `It was meant to be gone ${span} ago and runs on ${price}.`
      : `It is due to go in ${span}.`,
  };
}

/** The same in a few words, for a row of a list: "due to go in 7 h", "meant to be gone 2 h ago". */
export function expiryWords(expiresAt: number, now: number): string {
  const span = describeSpan(Math.abs(expiresAt - now));
  return expiresAt <= now ? `meant to be gone ${span} ago` : `due to go in ${span}`;
}

/** 90 s → 1 min, 100 min → 1 h 40 min, 30 h → 30 h, 60 h → 2 d 12 h: whole units, never more than is left. */
function describeSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return "less than a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 10 && minutes % 60 > 0) return `${hours} h ${minutes % 60} min`;
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
