import type { ComponentProps, ReactNode } from "react";
import { useId } from "react";
import { classNames } from "./class-names.ts";

const CONTROL_CLASS = classNames(
  "w-full rounded-lg border border-line bg-raised px-3 text-sm text-ink placeholder:text-muted",
  "hover:transition-colors hover:border-line-strong focus:border-accent disabled:opacity-60",
  "aria-invalid:border-danger",
);

type FieldProps = {
  label: string;
  /** A definition or other help beside the label. */
  help?: ReactNode;
  hint?: ReactNode;
  problem?: string | undefined;
  className?: string;
  children: (ids: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean | undefined;
  }) => ReactNode;
};

/** A labelled control with its hint and its problem tied to it for assistive technology. */
export function Field({ label, help, hint, problem, className, children }: FieldProps) {
  const id = useId();
  const hintId = hint ? `${id}-hint` : undefined;
  const problemId = problem ? `${id}-problem` : undefined;
  const describedBy = [problemId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div className={className}>
      <div className="mb-1 flex items-center gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {help}
      </div>
      {children({ id, "aria-describedby": describedBy, "aria-invalid": problem ? true : undefined })}
      {problem ? (
        <p id={problemId} className="mt-1 text-xs text-danger">
          {problem}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(CONTROL_CLASS, "h-9", className)} {...rest} />;
}

export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select className={classNames(CONTROL_CLASS, "select h-9 appearance-none pr-8", className)} {...rest} />
  );
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(CONTROL_CLASS, "py-2 leading-relaxed", className)} {...rest} />;
}
