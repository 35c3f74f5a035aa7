import * as z from "zod/mini";

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
