import { fail, type Result, succeed } from "#lib/failure.ts";

/** What stands in the form: text, so that half-typed numbers are kept as they are. */
export type AutoContinueDraft = { on: boolean; maxRequests: string; maxTokens: string };

const LIMITS = [
  { name: "maxRequests", label: "Max requests", max: 100 },
  { name: "maxTokens", label: "Max tokens in all", max: 200_000 },
] as const;

/** The limits as numbers, null where auto-continue is off, or a failure for the first one that cannot be read. */
export function parseAutoContinueDraft(
  draft: AutoContinueDraft,
): Result<{ maxRequests: number; maxTokens: number } | null> {
  if (!draft.on) return succeed(null);
  for (const { name, label, max } of LIMITS) {
    const text = draft[name].trim();
    const isInside = /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;
    if (isInside) continue;
    const message = `${label} must be a whole number from 1 to ${max.toLocaleString("en")}.`;
    return fail({ code: "invalid", message, field: name });
  }
  return succeed({ maxRequests: Number(draft.maxRequests), maxTokens: Number(draft.maxTokens) });
}
