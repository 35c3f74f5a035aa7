"use client";

import { Definition } from "#components/ui/definition.tsx";
import { Field, Input } from "#components/ui/field.tsx";

export type AutoContinueDraft = { on: boolean; maxRequests: string; maxTokens: string };

const BOUNDS = { maxRequests: 100, maxTokens: 200_000 } as const;

/** The limits as numbers, null where auto-continue is off, or which limit cannot be read. */
export function parseAutoContinue(
  draft: AutoContinueDraft,
):
  | { ok: true; value: { maxRequests: number; maxTokens: number } | null }
  | { ok: false; field: keyof typeof BOUNDS } {
  if (!draft.on) return { ok: true, value: null };
  const limits = { maxRequests: Number(draft.maxRequests), maxTokens: Number(draft.maxTokens) };
  for (const field of ["maxRequests", "maxTokens"] as const) {
    const isInside = Number.isInteger(limits[field]) && limits[field] >= 1 && limits[field] <= BOUNDS[field];
    if (!isInside) return { ok: false, field };
  }
  return { ok: true, value: limits };
}

/** Asks on by itself while the answer is cut by its length, within limits on requests and tokens. */
export function AutoContinue({
  draft,
  onChange,
}: {
  draft: AutoContinueDraft;
  onChange: (draft: AutoContinueDraft) => void;
}) {
  const parsed = parseAutoContinue(draft);
  function problemOf(field: keyof typeof BOUNDS) {
    if (parsed.ok || parsed.field !== field) return undefined;
    return `A whole number from 1 to ${BOUNDS[field].toLocaleString("en")}.`;
  }
  return (
    <div className="rounded-lg border border-line p-3">
      <div className="flex items-center gap-2">
        <label className="inline-flex items-center gap-2 text-sm font-medium">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={draft.on}
            onChange={(event) => onChange({ ...draft, on: event.target.checked })}
          />
          Auto-continue
        </label>
        <Definition term="auto-continue">
          <p>
            While the finish reason is “length”, the prompt and everything generated so far are sent again as
            the next input, until the model ends by itself or a limit below is reached.
          </p>
          <p>Every request reads the whole text again: long answers cost more with each one.</p>
        </Definition>
      </div>
      {draft.on ? (
        <div className="mt-3 grid grid-cols-2 gap-3">
          <Field label="Max requests" problem={problemOf("maxRequests")}>
            {(ids) => (
              <Input
                {...ids}
                inputMode="numeric"
                value={draft.maxRequests}
                onChange={(event) => onChange({ ...draft, maxRequests: event.target.value })}
              />
            )}
          </Field>
          <Field label="Max tokens in all" problem={problemOf("maxTokens")}>
            {(ids) => (
              <Input
                {...ids}
                inputMode="numeric"
                value={draft.maxTokens}
                onChange={(event) => onChange({ ...draft, maxTokens: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
    </div>
  );
}
