"use client";

import { useId } from "react";
import { classNames } from "./class-names.ts";

/** One choice of few. A radio group, so that arrow keys and screen readers know it. */
export function Segmented<Value extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-lg border border-line bg-sunken p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            "relative inline-flex h-6 cursor-pointer items-center rounded-md px-2 sm:px-2.5 text-xs font-medium",
            "has-focus-visible:outline-2 has-focus-visible:outline-accent",
            option.value === value ? "bg-raised text-ink shadow-sm" : "text-muted hover:text-ink",
            // Where the system chooses the colours, a background alone says nothing.
            option.value === value &&
              "forced-color-adjust-none forced-colors:bg-[Highlight] forced-colors:text-[HighlightText]",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
