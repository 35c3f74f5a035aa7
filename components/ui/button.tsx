import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border-transparent shadow-sm",
  secondary: "bg-raised text-ink border-line hover:border-line-strong hover:bg-sunken",
  quiet: "border-transparent text-muted hover:text-ink hover:bg-sunken",
  warning: "bg-raised text-danger border-line hover:border-danger hover:bg-danger-soft",
  danger: "bg-danger text-surface border-transparent hover:opacity-90 shadow-sm",
} as const;

export type ButtonLook = keyof typeof LOOKS;

const SIZES = {
  regular: "h-9 px-3.5 text-sm",
  small: "h-7 px-2 text-xs",
} as const;

export function buttonClass(look: ButtonLook = "secondary", size: keyof typeof SIZES = "regular"): string {
  return classNames(
    "inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-lg border font-medium",
    "hover:transition-colors disabled:cursor-not-allowed disabled:opacity-50",
    SIZES[size],
    LOOKS[look],
  );
}

export function Button({
  look = "secondary",
  size = "regular",
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & { look?: ButtonLook; size?: keyof typeof SIZES }) {
  return <button type={type} className={classNames(buttonClass(look, size), className)} {...rest} />;
}
