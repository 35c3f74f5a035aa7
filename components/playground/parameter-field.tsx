"use client";

import type { KeyboardEvent } from "react";
import { Definition } from "#components/ui/definition.tsx";
import { Field, Input, Select } from "#components/ui/field.tsx";
import type { ParameterRow } from "#lib/wire/parameter-row.ts";
import type { ParameterSupport } from "#lib/wire/parameters.ts";

/** One row of the table of parameters as a field. Empty leaves the container's own default, which it names. */
export function ParameterField({
  row,
  support,
  value,
  problem,
  onChange,
}: {
  row: ParameterRow;
  support: ParameterSupport;
  value: string;
  problem: string | undefined;
  onChange: (text: string) => void;
}) {
  const isIdle = !support.isKnown && value === "";
  return (
    <Field
      label={row.label}
      problem={problem}
      hint={support.isKnown ? undefined : `Not sent: ${support.reason}`}
      help={
        <Definition term={row.label}>
          <p>{row.effect}</p>
          <p>{rangeOf(row)}</p>
          {support.isKnown ? (
            <p>
              Sent as <code>{support.as}</code>. Empty: {support.unset}.
            </p>
          ) : (
            <p>{support.reason}</p>
          )}
        </Definition>
      }
    >
      {(ids) =>
        row.kind === "boolean" ? (
          <Select {...ids} value={value} disabled={isIdle} onChange={(event) => onChange(event.target.value)}>
            <option value="">default{support.isKnown ? ` (${support.unset})` : ""}</option>
            <option value="true">on</option>
            <option value="false">off</option>
          </Select>
        ) : (
          <Input
            {...ids}
            inputMode={row.kind === "integers" ? "text" : "decimal"}
            autoComplete="off"
            disabled={isIdle}
            placeholder={support.isKnown ? support.unset : "not sent"}
            className="tabular-nums"
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onKeyDown={(event) => {
              const next = stepped(row, value, event);
              if (next !== null) onChange(next);
            }}
          />
        )
      }
    </Field>
  );
}

function rangeOf({ kind, min, max, aboveMin }: ParameterRow): string {
  if (kind === "boolean") return "On or off.";
  if (kind === "integers") return "Token ids with commas between them.";
  return `${aboveMin ? "Above" : "From"} ${min} to ${max.toLocaleString("en")}.`;
}

/** The arrows step a number up and down, within its bounds. */
function stepped(row: ParameterRow, value: string, event: KeyboardEvent): string | null {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const current = Number(value || "NaN");
  if (direction === undefined || Number.isNaN(current) || row.kind === "integers") return null;
  event.preventDefault();
  const next = Math.min(row.max, Math.max(row.min, current + direction * row.step));
  return String(Number(next.toFixed(6)));
}
