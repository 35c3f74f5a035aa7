"use client";

import { Definition } from "#components/ui/definition.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import type { Failure } from "#lib/failure.ts";
import { PARAMETER_FIELDS, type ParameterDraft } from "#lib/run/parameter-draft.ts";
import { StopSequences } from "./stop-sequences.tsx";

/** The numbers that steer generation. An empty field leaves the container's own default. */
export function ParameterForm({
  draft,
  onChange,
  failures,
}: {
  draft: ParameterDraft;
  onChange: (draft: ParameterDraft) => void;
  failures: readonly Failure[];
}) {
  function problemOf(name: string) {
    return failures.find((failure) => failure.field === name)?.message;
  }
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-2 gap-x-3 gap-y-4">
        {PARAMETER_FIELDS.map((field) => (
          <Field
            key={field.name}
            label={field.label}
            problem={problemOf(field.name)}
            help={
              <Definition term={field.label}>
                <p>{field.definition}</p>
                <p>
                  From {field.min} to {field.max.toLocaleString("en")}.
                </p>
              </Definition>
            }
          >
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                autoComplete="off"
                placeholder="default"
                className="tabular-nums"
                value={draft.numbers[field.name] ?? ""}
                onChange={(event) =>
                  onChange({ ...draft, numbers: { ...draft.numbers, [field.name]: event.target.value } })
                }
                onKeyDown={(event) => {
                  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
                  const current = Number(draft.numbers[field.name] || "NaN");
                  if (direction === undefined || Number.isNaN(current)) return;
                  event.preventDefault();
                  const next = Math.min(field.max, Math.max(field.min, current + direction * field.step));
                  const text = String(Number(next.toFixed(6)));
                  onChange({ ...draft, numbers: { ...draft.numbers, [field.name]: text } });
                }}
              />
            )}
          </Field>
        ))}
      </div>
      <StopSequences
        value={draft.stopSequences}
        onChange={(stopSequences) => onChange({ ...draft, stopSequences })}
        problem={problemOf("stopSequences")}
      />
    </div>
  );
}
