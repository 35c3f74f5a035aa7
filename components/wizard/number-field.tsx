"use client";

import { type ReactNode, useState } from "react";
import { Field, Input } from "#components/ui/field.tsx";

/** A whole number within bounds. Half-typed text stays as it is; the plan only takes what is allowed. */
export function NumberField({
  label,
  hint,
  help,
  value,
  least,
  most,
  onChange,
}: {
  label: string;
  hint?: ReactNode;
  help?: ReactNode;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const isAllowed = (number: number) => Number.isInteger(number) && number >= least && number <= most;
  const isGood = text.trim() !== "" && isAllowed(Number(text));
  return (
    <Field
      label={label}
      hint={hint}
      help={help}
      problem={
        isGood
          ? undefined
          : `A whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}; the plan keeps ${value}.`
      }
    >
      {(ids) => (
        <Input
          {...ids}
          inputMode="numeric"
          className="tabular-nums"
          value={text}
          onChange={(event) => {
            setTyped(event.target.value);
            const number = Number(event.target.value);
            if (event.target.value.trim() !== "" && isAllowed(number)) onChange(number);
          }}
          onBlur={() => {
            if (isGood) setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
