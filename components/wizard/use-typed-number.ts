import { useState } from "react";

/** A field for a whole number within bounds: half-typed text stays as it is, and only what is allowed is taken. */
export function useTypedNumber({
  value,
  least,
  most,
  onChange,
}: {
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const isAllowed = (written: string) =>
    /^\s*\d+\s*$/.test(written) && Number(written) >= least && Number(written) <= most;
  const isGood = isAllowed(text);
  return {
    problem: isGood
      ? undefined
      : `A whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}; the plan keeps ${value}.`,
    /** What the input needs. */
    field: {
      inputMode: "numeric" as const,
      className: "tabular-nums",
      value: text,
      onChange: (event: { target: { value: string } }) => {
        const written = event.target.value;
        setTyped(written);
        if (isAllowed(written)) onChange(Number(written));
      },
      onBlur: () => {
        if (isGood) setTyped(null);
      },
    },
  };
}
