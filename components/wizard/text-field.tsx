import type { ReactNode } from "react";
import { Field, Input } from "#components/ui/field.tsx";

/** One line of text of a plan. */
export function TextField({
  label,
  hint,
  help,
  problem,
  value,
  placeholder,
  list,
  isCode = false,
  onChange,
}: {
  label: string;
  hint?: ReactNode;
  help?: ReactNode;
  problem?: string | null;
  value: string;
  placeholder?: string;
  /** Id of a datalist with suggestions. */
  list?: string;
  isCode?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint} help={help} problem={problem ?? undefined}>
      {(ids) => (
        <Input
          {...ids}
          spellCheck={false}
          autoComplete="off"
          className={isCode ? "font-mono text-xs" : undefined}
          placeholder={placeholder}
          list={list}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
