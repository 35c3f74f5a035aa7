"use client";

import { useState } from "react";
import type { Failure } from "#lib/failure.ts";
import type { ParameterDraft } from "#lib/run/parameter-draft.ts";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import {
  PARAMETERS,
  type ParameterName,
  parameterSupport,
  type RequestManner,
} from "#lib/wire/parameters.ts";
import { ParameterField } from "./parameter-field.tsx";
import { StopSequences } from "./stop-sequences.tsx";

type FieldName = Exclude<ParameterName, "stopSequences">;
type Named = ParameterRow & { name: FieldName };

const ROWS: readonly Named[] = PARAMETERS.flatMap((row) => (row.name === "stopSequences" ? [] : [row]));

/**
 * What steers generation, one field for each row of the table. The usual ones stand up front. What this container
 * does not know is named with the reason, and can still be taken out if it was set.
 */
export function ParameterForm({
  draft,
  onChange,
  failures,
  manner,
}: {
  draft: ParameterDraft;
  onChange: (draft: ParameterDraft) => void;
  failures: readonly Failure[];
  /** How the request is going to be written: it decides what exists. */
  manner: RequestManner;
}) {
  function problemOf(name: string) {
    return failures.find((failure) => failure.field === name)?.message;
  }
  function field(row: Named) {
    return (
      <ParameterField
        key={row.name}
        row={row}
        support={parameterSupport(row.name, manner)}
        value={draft.values[row.name] ?? ""}
        problem={problemOf(row.name)}
        onChange={(text) => onChange({ ...draft, values: { ...draft.values, [row.name]: text } })}
      />
    );
  }
  const others = ROWS.filter((row) => !row.isCommon);
  const known = others.filter((row) => isShown(row, manner, draft));
  const unknown = others.filter((row) => !known.includes(row));
  const set = known.filter((row) => (draft.values[row.name] ?? "") !== "").length;
  const hasProblem = known.some((row) => problemOf(row.name) !== undefined);
  const [open, setOpen] = useState(set > 0);
  const stops = parameterSupport("stopSequences", manner);
  return (
    <div className="space-y-4">
      <div className="grid grid-cols-2 gap-x-3 gap-y-4">{ROWS.filter((row) => row.isCommon).map(field)}</div>
      <StopSequences
        value={draft.stopSequences}
        onChange={(stopSequences) => onChange({ ...draft, stopSequences })}
        problem={problemOf("stopSequences")}
      />
      {!stops.isKnown && draft.stopSequences.length > 0 ? (
        <p className="text-xs text-warn">Not sent: {stops.reason}</p>
      ) : null}
      <details open={open || hasProblem} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="text-sm font-medium text-muted hover:text-ink">
          More parameters{set > 0 ? ` (${set} set)` : ""}
        </summary>
        <div className="mt-3 grid grid-cols-2 gap-x-3 gap-y-4">{known.map(field)}</div>
        {unknown.length > 0 ? (
          <div className="mt-4 text-xs text-muted">
            <p className="font-medium">Not in this container</p>
            <dl className="mt-1 space-y-1">
              {unknown.map((row) => (
                <Absent key={row.name} label={row.label} name={row.name} manner={manner} />
              ))}
            </dl>
          </div>
        ) : null}
      </details>
    </div>
  );
}

/** What was set stays in sight, also where the container does not know it: it could not be taken out otherwise. */
function isShown(row: Named, manner: RequestManner, draft: ParameterDraft): boolean {
  return parameterSupport(row.name, manner).isKnown || (draft.values[row.name] ?? "") !== "";
}

function Absent({ label, name, manner }: { label: string; name: FieldName; manner: RequestManner }) {
  const support = parameterSupport(name, manner);
  return (
    <div>
      <dt className="inline font-medium">{label}: </dt>
      <dd className="inline">{support.isKnown ? "" : support.reason}</dd>
    </div>
  );
}
