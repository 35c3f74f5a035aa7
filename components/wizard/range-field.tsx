"use client";

import type { ReactNode } from "react";
import { Field, Input } from "#components/ui/field.tsx";
import { useTypedNumber } from "./use-typed-number.ts";

/** The plan's own bound: what lies beyond the slider may still be typed. */
const MOST_TYPED = 20_000_000;

/** A number on a doubling scale: a slider for the hand, and the number itself for what lies between. */
export function RangeField({
  label,
  hint,
  help,
  value,
  least,
  most,
  mostTyped = MOST_TYPED,
  onChange,
}: {
  label: string;
  hint?: ReactNode;
  help?: ReactNode;
  value: number;
  least: number;
  most: number;
  mostTyped?: number;
  onChange: (value: number) => void;
}) {
  const { field, problem } = useTypedNumber({ value, least: 1, most: mostTyped, onChange });
  const [from, to] = [Math.log2(least), Math.ceil(Math.log2(Math.max(most, value)))];
  return (
    <Field label={label} hint={hint} help={help} problem={problem}>
      {(ids) => (
        <div className="flex items-center gap-3">
          <input
            type="range"
            aria-label={`${label}, slider`}
            aria-valuetext={value.toLocaleString("en")}
            className="h-9 min-w-0 flex-1 accent-(--accent)"
            min={from}
            max={to}
            step={1}
            value={Math.round(Math.log2(Math.max(value, 1)))}
            onChange={(event) => onChange(Math.max(least, 2 ** Number(event.target.value)))}
          />
          <div className="w-28 shrink-0">
            <Input {...ids} {...field} />
          </div>
        </div>
      )}
    </Field>
  );
}
