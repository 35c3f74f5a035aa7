import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icons.tsx";

const TONES = {
  good: "bg-accent-soft text-accent",
  busy: "bg-calm-soft text-calm",
  warn: "bg-warn-soft text-warn",
  bad: "bg-danger-soft text-danger",
  plain: "bg-sunken text-muted",
} as const;

/** Shape as the second cue beside colour: a filled dot, a ring, a triangle, a cross, a dash. */
const MARKS = { good: "dot", busy: "ring", warn: "triangle", bad: "cross", plain: "dash" } as const;

export type Tone = keyof typeof TONES;

export function Badge({ tone, children, pulse }: { tone: Tone; children: ReactNode; pulse?: boolean }) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 text-xs font-medium",
        TONES[tone],
      )}
    >
      <Icon name={MARKS[tone]} className={classNames("size-2.5 shrink-0", pulse && "animate-spin")} />
      {children}
    </span>
  );
}
