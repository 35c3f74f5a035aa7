"use client";

import type { ReactNode } from "react";
import { Field, Input } from "#components/ui/field.tsx";
import { useTypedNumber } from "./use-typed-number.ts";

/** A whole number within bounds. */
export function NumberField({
  label,
  hint,
  help,
  ...bounds
}: {
  label: string;
  hint?: ReactNode;
  help?: ReactNode;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const { field, problem } = useTypedNumber(bounds);
  return (
    <Field label={label} hint={hint} help={help} problem={problem}>
      {(ids) => <Input {...ids} {...field} />}
    </Field>
  );
}
