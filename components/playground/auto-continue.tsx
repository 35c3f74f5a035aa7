"use client";

import { Definition } from "#components/ui/definition.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { type AutoContinueDraft, parseAutoContinueDraft } from "#lib/run/auto-continue-draft.ts";

/** Asks on by itself while the answer is cut by its length, within limits on requests and tokens. */
export function AutoContinue({
  draft,
  onChange,
}: {
  draft: AutoContinueDraft;
  onChange: (draft: AutoContinueDraft) => void;
}) {
  const parsed = parseAutoContinueDraft(draft);
  function problemOf(field: "maxRequests" | "maxTokens") {
    return parsed.ok || parsed.failure.field !== field ? undefined : parsed.failure.message;
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
